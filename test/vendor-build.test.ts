/** `bitloom build` against the stand-ins of AMD's tools: every fault is told, and nothing is lost by it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { RTL_STEPS, VENDOR_STEPS } from "../src/flow/vendor-steps.ts";
import type { EquivalenceReport } from "../src/report/equivalence-report.ts";
import { Random } from "./properties/random-numbers.ts";
import { exampleModel } from "./tools/example-model.ts";
import { keptFolder } from "./tools/temporary.ts";
import { resultsOf, runIn } from "./tools/vendor-run.ts";

const folder = join(keptFolder(), "ein großer Ordner 回路 mit $1");
const model = join(folder, "tiny.json");
/** KILLS=200 takes a quarter of an hour. */
const KILLS = Number(process.env["KILLS"] ?? 4);

const start = runIn(folder);

/** Steps of a run by what became of them. */
const steps = (stderr: string, state: string) =>
  [...stderr.matchAll(new RegExp(`^([a-z-]+): ${state}$`, "gm"))].map(([, name]) => name);

function simulations(project: string) {
  const { equivalence } = JSON.parse(readFileSync(join(project, "reports/build.json"), "utf8"));
  return equivalence.map((report: EquivalenceReport) => [report.simulation, report.equivalent, report.tools[0]]);
}

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(model, exampleModel());
});

describe("a build", () => {
  test("runs all steps, then none, then those that are asked for", async () => {
    const first = await start(["build", model, "-o", "whole"]);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(steps(first.stderr, "finished")).toEqual(VENDOR_STEPS);
    for (const file of ["driver/accelerator.bit", "driver/accelerator.hwh", "vivado/accelerator.xsa"])
      expect(existsSync(join(folder, "whole", file)), file).toBe(true);
    expect(resultsOf(join(folder, "whole")).resources.timing.met).toBe(true);
    expect(simulations(join(folder, "whole"))).toEqual([
      ["csim", true, "HLS 2024.1"],
      ["cosim", true, "HLS 2024.1"],
    ]);
    expect(readdirSync(join(folder, "whole/driver"))).toEqual(
      expect.arrayContaining(["bitloom_accelerator", "golden.npz"]),
    );
    const second = await start(["build", "whole", "--from", "synthesis"]);
    expect(steps(second.stderr, "up to date")).toEqual(VENDOR_STEPS.slice(0, 5));
    expect(steps(second.stderr, "finished")).toEqual(["synthesis", "implementation"]);
  });

  test("can be seen before it runs", async () => {
    const { stdout, exitCode } = await start(["build", model, "--dry-run"]);
    expect(exitCode).toBe(0);
    for (const [i, name] of VENDOR_STEPS.entries()) expect(stdout).toContain(`${i + 1}. ${name}: `);
    expect(readdirSync(folder)).not.toContain("vivado");
  });

  test("of a model without tools says how to get them", async () => {
    const { stderr, exitCode } = await start(["build", model, "-o", "none"], { PATH: "/usr/bin:/bin" });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/error\[tool-missing\].*Vitis HLS[\s\S]*hint: Install Vitis/);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  test("is the same for kv260 and AXI-Stream", async () => {
    const { exitCode, stderr } = await start(["build", model, "-o", "kria", "--board", "kv260", "--axis"]);
    expect(exitCode, stderr).toBe(0);
    expect(readFileSync(join(folder, "kria/vivado/settings.tcl"), "utf8")).toContain("xck26");
  });
});

describe("a build of SystemVerilog", () => {
  test.each([[], ["--axis"]])("needs Vivado alone %s", async (...axis) => {
    const project = `rtl${axis.join("")}`;
    const first = await start(["build", model, "-o", project, "--rtl", ...axis], { BITLOOM_VITIS_HLS: "/nowhere" });
    expect(first.exitCode, first.stderr).toBe(0);
    expect(steps(first.stderr, "finished")).toEqual(RTL_STEPS);
    const component = readFileSync(join(folder, project, "vivado/ip/component.xml"), "utf8");
    expect(component).toContain("<spirit:name>frame_cycles</spirit:name><spirit:addressOffset>0x44<");
    for (const file of ["driver/accelerator.bit", "driver/accelerator.hwh", "rtl/tiny_axi.v"])
      expect(existsSync(join(folder, project, file)), file).toBe(true);
    const second = await start(["build", project]);
    expect(steps(second.stderr, "up to date")).toEqual(RTL_STEPS);
  });

  test("has no step of HLS", async () => {
    const { exitCode, stderr } = await start(["build", model, "-o", "no", "--rtl", "--until", "csynth"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error[no-step] --until: a build of SystemVerilog has no step "csynth"');
  });
});

const FAULTS = [
  ["csim:fail", "csim", /csim/],
  ["csynth:error", "csynth", /exited with 0, but/],
  ["csynth:noreport", "csynth", /csynth\.xml|did not make/],
  ["cosim:deadlock", "cosim", /deadlock/],
  ["export:exit=3", "export", /exited with 3/],
  ["validate:crash", "block-design", /block-design/],
  ["synth:license", "synthesis", /licen[sc]e/i],
  ["impl:wns=-0.3", "implementation", /misses its timing: setup by 0\.3 ns/],
  ["report:unrouted=3", "implementation", /3 nets are not routed/],
  ["report:drc=INBB-3", "implementation", /INBB-3/],
] as const;

describe("a failing step", () => {
  test.each(FAULTS)("%s stops the build, and the next one goes on there", async (fault, step, message) => {
    const project = `fault-${fault.replaceAll(/\W/g, "-")}`;
    const bad = await start(["build", model, "-o", project], { FAKE_XILINX_FAULT: fault });
    expect(bad.exitCode, bad.stderr).toBe(2);
    expect(bad.stderr).toMatch(/error\[tool-failed\]/);
    expect(bad.stderr).toMatch(message);
    expect(bad.stderr).not.toMatch(/\n {4}at /);
    const good = await start(["build", project]);
    expect(good.exitCode, good.stderr).toBe(0);
    expect(steps(good.stderr, "finished")[0]).toBe(step);
  });
});

describe("a build that is ended", () => {
  beforeAll(async () => expect((await start(["build", model, "-o", "calm"])).exitCode).toBe(0));

  test("by Ctrl-C while a tool hangs leaves no process", async () => {
    const run = start(["build", model, "-o", "hang"], { FAKE_XILINX_FAULT: "csynth:hang" });
    let log = "";
    run.stderr?.on("data", (chunk) => {
      log += chunk;
    });
    while (!log.includes("csynth: started")) await pause(20);
    await pause(300);
    const other = await start(["build", "hang"]);
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toContain("folder-in-use");
    run.kill("SIGINT");
    const { exitCode } = await run;
    expect(exitCode).not.toBe(0);
    const { stdout } = await execa("ps", ["-eo", "args"]);
    expect(stdout.split("\n").filter((line) => line.includes("tclsh") && line.includes(folder))).toEqual([]);
  });

  test.each(VENDOR_STEPS)("by kill -9 right after %s goes on there", async (step) => {
    const project = `killed-after-${step}`;
    const run = start(["build", model, "-o", project]);
    let log = "";
    run.stderr?.on("data", (chunk) => {
      log += chunk;
      if (log.includes(`${step}: finished`)) run.kill("SIGKILL");
    });
    await run;
    const after = await start(["build", model, "-o", project]);
    expect(after.exitCode, after.stderr).toBe(0);
    expect(steps(after.stderr, "up to date")).toEqual(
      expect.arrayContaining(VENDOR_STEPS.slice(0, VENDOR_STEPS.indexOf(step) + 1)),
    );
    expect(resultsOf(join(folder, project))).toEqual(resultsOf(join(folder, "calm")));
  });

  test(`by kill -9 at ${KILLS} random moments ends as if nothing had happened`, async () => {
    const random = new Random(7);
    for (let i = 0; i < KILLS; i++) {
      const project = `killed-${i}`;
      const run = start(["build", model, "-o", project]);
      setTimeout(() => run.kill("SIGKILL"), 150 + random.below(1800));
      await run;
      const after = await start(["build", model, "-o", project]);
      expect(after.exitCode, after.stderr).toBe(0);
      expect(resultsOf(join(folder, project))).toEqual(resultsOf(join(folder, "calm")));
    }
  });
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
