/** csim to export in every flow, against the strict stand-ins of test/fake-tools. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { build, RELEASES, runStep, standIn, workspace, writeAll } from "../../test/fake-tools/harness.ts";
import type { HlsTools } from "./discover.ts";
import { hlsSteps } from "./hls-steps.ts";
import { parseReportFile } from "./reports/index.ts";

const TIMES = { csim: 60, csynth: 60, cosim: 60, export: 60 };
const PATCHED = { FAKE_XILINX_Y2K22_PATCHED: "1" };

const FLOWS: Readonly<Record<string, HlsTools>> = {
  vivado_hls: { flow: "tcl", tool: standIn("vivado_hls"), front: "vivado_hls" },
  vitis_hls: { flow: "tcl", tool: standIn("vitis_hls"), front: "vitis_hls" },
  "vitis-run": { flow: "tcl", tool: standIn("vitis-run"), front: "vitis-run" },
  config: { flow: "config", run: standIn("vitis-run"), compile: standIn("v++") },
};

const stepsOf = (tools: HlsTools) => hlsSteps({ top: "toynet", inputs: [], timeoutSeconds: TIMES }, tools);

const between = (from: string, until: string) => RELEASES.filter((release) => release >= from && release <= until);

describe("good builds", () => {
  it.each([
    ...between("2019.2", "2020.1").map((release) => ["vivado_hls", release]),
    ...between("2020.1", "2024.2").map((release) => ["vitis_hls", release]),
    ...between("2023.1", "2025.2").map((release) => ["vitis-run", release]),
    ...between("2023.1", "2025.2").map((release) => ["config", release]),
  ])("%s of %s", async (flow, release) => {
    expect(
      await build(workspace(), stepsOf(FLOWS[flow!]!), { ...PATCHED, FAKE_XILINX_VERSION: release! }),
    ).toBeUndefined();
  });

  it("of a deprecated vitis_hls", async () => {
    const settings = { FAKE_XILINX_VERSION: "2025.1", FAKE_XILINX_KEEP_VITIS_HLS: "1" };
    expect(await build(workspace(), stepsOf(FLOWS["vitis_hls"]!), settings)).toBeUndefined();
  });

  it("synthesizes again without undoing csim, and exports again", async () => {
    const folder = workspace();
    await build(folder, stepsOf(FLOWS["vitis_hls"]!));
    const { steps } = stepsOf(FLOWS["vitis_hls"]!);
    for (const index of [1, 3]) expect((await runStep(folder, steps[index]!)).code).toBe(0);
    expect(existsSync(join(folder, steps[0]!.products[0]!))).toBe(true);
  });

  it.each([
    ["vivado_hls", "2019.2"],
    ["config", "2025.2"],
  ])("%s of %s leaves reports that are whole", async (flow, release) => {
    const folder = workspace();
    const steps = stepsOf(FLOWS[flow]!);
    expect(await build(folder, steps, { ...PATCHED, FAKE_XILINX_VERSION: release })).toBeUndefined();
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const parsed = await Promise.all(
      files.filter((file) => /report.*\.(rpt|xml)$/.test(file)).map((file) => parseReportFile(join(folder, file))),
    );
    expect(parsed.length).toBeGreaterThanOrEqual(6);
    expect(parsed.flatMap(({ kind, diagnostics }) => diagnostics.map(({ message }) => [kind, message]))).toEqual([]);
  });

  it("says the order of the steps by their inputs", () => {
    const { steps } = stepsOf(FLOWS["config"]!);
    expect(steps.map(({ name }) => name)).toEqual(["csim", "csynth", "cosim", "export"]);
    expect(steps[3]!.inputs).toEqual(steps[1]!.products);
  });
});

describe("failures", () => {
  it.each(["vitis_hls", "config"])("%s: reasons are found in log and reports", async (flow) => {
    const cases = [
      ["csim:fail", "csim", "nonzero return value"],
      ["csim:error", "csim", "does not say"],
      ["csim:noreport", "csim", "_csim.log"],
      ["csynth:error", "csynth", "Internal Data Exception"],
      ["csynth:noreport", "csynth", "_csynth.xml"],
      ["cosim:fail", "cosim", "COSIM 212-362"],
      ["cosim:error", "cosim", "does not say"],
      ["export:license", "export", "Common 17-345"],
    ] as const;
    for (const [fault, step, message] of cases) {
      const failed = await build(workspace(), stepsOf(FLOWS[flow]!), { FAKE_XILINX_FAULT: fault });
      expect(failed, fault).toMatchObject({ step });
      expect(JSON.stringify(failed), fault).toContain(message);
    }
  });

  it("a deadlock is named even when the tool exits with 0", async () => {
    const { files, steps } = stepsOf(FLOWS["vitis_hls"]!);
    const folder = workspace();
    writeAll(folder, files);
    for (const step of steps.slice(1, 2)) await runStep(folder, step);
    const { code, log } = await runStep(folder, steps[2]!, { FAKE_XILINX_FAULT: "cosim:deadlock" });
    expect(code).toBe(1);
    const findings = await steps[2]!.check(folder, log);
    expect(findings[0]!.message).toBe("the co-simulation found a deadlock at 1355000 ns");
  });

  it("an unpatched release fails the export", async () => {
    const failed = await build(workspace(), stepsOf(FLOWS["vitis_hls"]!), { FAKE_XILINX_VERSION: "2021.2" });
    expect(failed).toMatchObject({ step: "export", code: 1 });
    expect(failed?.output).toContain("is an invalid argument. Please specify an integer value.");
  });
});

describe("configuration file", () => {
  it.each([
    ["syn.topp=toynet", "unknown key"],
    ["clock=fast", "invalid command name|Invalid period"],
    ["cosim.rtl=systemc", "invalid value"],
    ["syn.file=src/absent.cpp", "Cannot find source file"],
  ])("%s is refused", async (line, message) => {
    const folder = workspace();
    const file = join(folder, "hls_config.cfg");
    writeFileSync(file, `${readFileSync(file, "utf8")}${line}\n`);
    const failed = await build(folder, stepsOf(FLOWS["config"]!));
    expect(failed).toMatchObject({ step: "csim", code: 1 });
    expect(failed?.output).toMatch(new RegExp(`HLS 200-1912.*(${message})`));
  });
});
