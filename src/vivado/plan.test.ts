/** All steps of a build as a plan, carried out by src/build. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { standIn, temporaryFolder, workspace } from "../../test/fake-tools/harness.ts";
import { makePlan } from "../build/plan.ts";
import { type RunEvent, run } from "../build/run.ts";
import { PORTS } from "./block-design.ts";
import type { HlsTools } from "./discover.ts";
import { hlsSteps } from "./hls-steps.ts";
import { vivadoSteps } from "./vivado-steps.ts";

const FLOWS: Readonly<Record<string, HlsTools>> = {
  tcl: { flow: "tcl", tool: standIn("vitis_hls"), front: "vitis_hls" },
  config: { flow: "config", run: standIn("vitis-run"), compile: standIn("v++") },
};

const STEPS = ["csim", "csynth", "cosim", "export", "block-design", "synthesis", "implementation"];

it.each(["tcl", "config"])(
  "runs each step once in the %s flow; a change of the clock repeats Vivado's",
  async (flow) => {
    const folder = temporaryFolder();
    const events: RunEvent[] = [];
    const states = async (megahertz: number) => {
      events.length = 0;
      await run(planFor(FLOWS[flow]!, megahertz), folder, { onEvent: (event) => events.push(event) });
      return events.flatMap((event) => (event.kind === "step" && event.state !== "started" ? [event.state] : []));
    };
    expect(await states(200)).toEqual(STEPS.map(() => "finished"));
    expect(await states(200)).toEqual(STEPS.map(() => "up to date"));
    expect(await states(250)).toEqual(STEPS.map((_, index) => (index < 4 ? "up to date" : "finished")));
  },
);

it("a missed timing fails the build with the reason, and the next run goes on from there", async () => {
  const folder = temporaryFolder();
  const plan = planFor(FLOWS["tcl"]!, 200);
  vi.stubEnv("FAKE_XILINX_FAULT", "impl:wns=-0.312");
  await expect(run(plan, folder)).rejects.toThrow(
    /\[tool-failed\] implementation: .*misses its timing: setup by 0\.312 ns/,
  );
  vi.unstubAllEnvs();
  const finished: string[] = [];
  await run(plan, folder, {
    onEvent: (event) => event.kind === "step" && finished.push(`${event.step} ${event.state}`),
  });
  expect(finished.slice(-3)).toEqual(["synthesis up to date", "implementation started", "implementation finished"]);
});

function planFor(tools: HlsTools, clockMegahertz: number) {
  const project = projectFiles();
  const seconds = 60;
  const hls = hlsSteps(
    {
      top: "toynet",
      inputs: [...project.keys()],
      timeoutSeconds: { csim: seconds, csynth: seconds, cosim: seconds, export: seconds },
    },
    tools,
  );
  const vivado = vivadoSteps(
    {
      ...{ board: "ultra96v2", top: "toynet", variant: "memory", ports: PORTS.memory },
      ...{ clockMegahertz, ipFolder: hls.ipFolder, jobs: 2 },
    },
    standIn("vivado"),
    { "block-design": seconds, synthesis: seconds, implementation: seconds },
  );
  return makePlan(new Map([...project, ...hls.files, ...vivado.files]), [...hls.steps, ...vivado.steps]);
}

function projectFiles(): Map<string, string> {
  const folder = workspace();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
