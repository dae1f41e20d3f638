/** The generated Tcl and its steps, against the strict stand-ins of test/fake-tools. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { build, RELEASES, runStep, standIn, workspace, writeAll } from "../../test/fake-tools/harness.ts";
import { PORTS } from "./block-design.ts";
import { hlsSteps } from "./hls-steps.ts";
import { foldReports, parseReportFile } from "./reports/index.ts";
import { VIVADO_PRODUCTS, vivadoSteps } from "./vivado-steps.ts";

const TIMES = { "block-design": 60, synthesis: 60, implementation: 60 };
const HLS_TIMES = { csim: 60, csynth: 60, cosim: 60, export: 60 };

const hls = hlsSteps(
  { top: "toynet", inputs: [], timeoutSeconds: HLS_TIMES },
  { flow: "tcl", tool: standIn("vitis_hls"), front: "vitis_hls" },
  ["csynth", "export"],
);

/** A folder with the exported IP. */
async function exported(variant: "memory" | "stream"): Promise<string> {
  const folder = workspace(variant);
  writeAll(folder, hls.files);
  for (const step of hls.steps) expect((await runStep(folder, step)).code).toBe(0);
  return folder;
}

const stepsFor = (board: string, variant: "memory" | "stream", release?: string) =>
  vivadoSteps(
    { board, top: "toynet", variant, ports: PORTS[variant], clockMegahertz: 250, ipFolder: hls.ipFolder, jobs: 2 },
    standIn("vivado", release),
    TIMES,
  );

const folders = { memory: "", stream: "" };
beforeAll(async () => {
  folders.memory = await exported("memory");
  folders.stream = await exported("stream");
});

describe("good builds", () => {
  it.each(RELEASES)("all of %s", async (release) => {
    expect(
      await build(folders.memory, stepsFor("ultra96v2", "memory", release), { FAKE_XILINX_VERSION: release }),
    ).toBeUndefined();
  });

  it.each([
    ["ultra96v2", "stream"],
    ["kv260", "memory"],
    ["kv260", "stream"],
  ] as const)("%s with %s ports, with and without board files", async (board, variant) => {
    expect(await build(folders[variant], stepsFor(board, variant))).toBeUndefined();
    expect(await build(folders[variant], stepsFor(board, variant), { FAKE_XILINX_BOARDS: "" })).toBeUndefined();
  });

  it("hands over the registers, their addresses and the achieved clock", async () => {
    expect(await build(folders.memory, stepsFor("ultra96v2", "memory"))).toBeUndefined();
    const read = (file: string) => readFileSync(join(folders.memory, file), "utf8");
    expect(JSON.parse(read(VIVADO_PRODUCTS.clock))).toEqual({ targetMegahertz: 250, achievedMegahertz: 249.99975 });
    const hwh = read(VIVADO_PRODUCTS.handOff);
    expect(hwh).toMatch(/REGISTER NAME="input_words_1"/);
    expect(hwh).toMatch(/BASEVALUE="0xA0000000".*INSTANCE="nn"/);
  });
});

describe("reports", () => {
  it.each(["2019.2", "2025.2"])("of %s are whole and end in one report", async (release) => {
    const settings = { FAKE_XILINX_VERSION: release };
    expect(await build(folders.memory, stepsFor("ultra96v2", "memory", release), settings)).toBeUndefined();
    const reports = readdirSync(join(folders.memory, "vivado/reports")).filter((name) => name.endsWith(".rpt"));
    const parsed = await Promise.all(
      reports.map((name) => parseReportFile(join(folders.memory, "vivado/reports", name))),
    );
    expect(parsed.flatMap(({ kind, diagnostics }) => diagnostics.map(({ message }) => [kind, message]))).toEqual([]);
    expect(foldReports(parsed)).toMatchObject({
      timing: { met: true, wnsNs: 0.214 },
      routing: { routableNets: 28210, routedNets: 28210, netsWithErrors: 0 },
      drc: { error: 0 },
    });
  });
});

describe("the board's definition", () => {
  it.each([
    ["avnet.com:ultra96v2:part0:1.2 avnet-tria:ultra96v2:part0:1.3", "avnet-tria:ultra96v2:part0:1.3"],
    ["Avnet-tria:Ultra96v2:part0:1.3 avnet.com:ultra96v2:part0:1.1", "Avnet-tria:Ultra96v2:part0:1.3"],
    ["em.avnet.com:ultra96v2:part0:1.0", "the board files are not installed"],
    ["", "the board files are not installed"],
  ])("of %s takes %s", async (installed, expected) => {
    const { files, steps } = stepsFor("ultra96v2", "memory");
    writeAll(folders.memory, files);
    const { code, output } = await runStep(folders.memory, steps[0]!, { FAKE_XILINX_BOARDS: installed });
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(expected) });
  });
});

describe("failures", () => {
  it.each([
    ["validate:license", "block-design", "Common 17-345"],
    ["synth:fail", "synthesis", "run synth_1 ended at 32% with status 'synth_design ERROR'"],
    ["synth:license", "synthesis", "Common 17-345"],
    ["impl:fail", "implementation", "run impl_1 ended at 53% with status 'place_design ERROR'"],
    ["impl:error", "implementation", "Internal Data Exception"],
    ["impl:wns=-0.312", "implementation", "misses its timing: setup by 0.312 ns"],
    ["bitstream:fail", "implementation", "write_bitstream ERROR"],
    ["bitstream:noreport", "implementation", "no such file"],
    ["report:unrouted=3", "implementation", "3 nets are not routed"],
    ["report:drc=INBB-3", "implementation", "design rule INBB-3 is violated"],
    ["report:diskfull", "implementation", "no space left on device"],
  ])("%s fails the step %s", async (fault, step, message) => {
    const failed = await build(folders.memory, stepsFor("ultra96v2", "memory"), { FAKE_XILINX_FAULT: fault });
    expect(failed?.step).toBe(step);
    expect(JSON.stringify(failed)).toContain(message);
  });

  it("are made good by running the step again", async () => {
    const { steps } = stepsFor("ultra96v2", "memory");
    expect(
      await build(folders.memory, stepsFor("ultra96v2", "memory"), { FAKE_XILINX_FAULT: "impl:fail" }),
    ).toBeDefined();
    expect((await runStep(folders.memory, steps[2]!)).code).toBe(0);
    expect((await runStep(folders.memory, steps[2]!)).code).toBe(0);
  });
});
