/** A finished build of a small network of FracNet's form: every part of the page has something to show. */
import { buildReport } from "../../src/flow/build-report.ts";
import { schedule } from "../../src/passes/index.ts";
import type { BuildReport } from "../../src/report/build-report.ts";
import { withFrameRates, withPerformance, withTotal } from "../../src/report/compose.ts";
import type { EquivalenceReport } from "../../src/report/equivalence-report.ts";
import type { ResourceReport, Resources, Total } from "../../src/report/resource-report.ts";
import { emptyReport, NO_RESOURCES } from "../../src/report/resource-report.ts";
import type { StageSynthesis, SynthesizedModule } from "../../src/report/stage-usage.ts";
import { withStageUsage } from "../../src/report/stage-usage.ts";
import { fracnetLike } from "../networks/fracnet.ts";

const budget: Resources = { lut: 70_560, lutram: 28_800, ff: 141_120, bram18: 432, dsp: 360, uram: 0 };

export function sampleReport(size: number, blocks: number): BuildReport {
  const scheduled = schedule(fracnetLike(size, blocks));
  const names = [...scheduled.stages.map(({ name }) => name), ...scheduled.fifos.keys()];
  return buildReport(scheduled, {
    digest: "0123456789abcdef",
    created: "2026-11-24T04:03:07Z",
    board: { name: "Ultra96-V2", part: "xczu3eg-sbva484-1-i", budget },
    clockMegahertz: 250,
    resources: withStageUsage(resources(), synthesis(names)),
    equivalence: [equivalence("csim", 0), equivalence("cosim", 12)],
    tools: [
      { name: "g++", version: "12.2.0" },
      { name: "Vivado", version: "2023.2" },
    ],
    messages: [{ severity: "warning", code: "report-cut", path: "vivado.log", message: "cut", hint: "Look." }],
  });
}

/** Every tenth has a path that is too long. */
function synthesis(names: readonly string[]): StageSynthesis {
  const found = (module: string, scale: number, luts: number): SynthesizedModule => ({
    module,
    used: { lut: 90 * scale, lutram: 10 * scale, ff: 100 * scale, bram18: 2 * scale, dsp: 0, uram: 0 },
    netlist: {
      ...{ srl: 4 * scale, carry8: 2.5 * scale, ramb18: 0, ramb36: scale },
      longestPath: { luts, chains: 1, carry8: 1.5, from: "unit.a[0]", to: "y" },
    },
  });
  const parts = new Map(names.map((name, i) => [name, found(name, 1, i % 10 === 9 ? 5 : 2)]));
  return { parts, whole: found("fracnet", names.length, 5), source: "Yosys 0.23" };
}

function resources(): ResourceReport {
  const totals = [
    total("implementation", { lut: 56_316, ff: 48_896, bram18: 288 }),
    total("estimate", { lut: 193_380, ff: 89_051, bram18: 530 }),
  ];
  const found = totals.reduce(withTotal, emptyReport({ design: "fracnet", budget }));
  const cycles = { min: 20_000, average: 20_000, max: 20_000 };
  const run = withPerformance(found, { by: "measured", latencyCycles: cycles, intervalCycles: cycles });
  const message = { severity: "critical warning", code: "Board 49-67", text: "no board", hint: "Install it." } as const;
  const node = { name: "conv1", module: "conv1_s", stage: "estimate", scope: "core" } as const;
  const usage = { used: { ...NO_RESOURCES, lut: 900 }, latencyCycles: cycles, intervalCycles: null };
  return {
    ...withFrameRates(run, 4),
    nodes: [{ ...node, ...usage }],
    messages: [{ ...message, count: 3, source: "vivado.log" }],
  };
}

const total = (stage: Total["stage"], used: Partial<Resources>): Total => ({
  ...{ stage, scope: stage === "estimate" ? "core" : "system", source: `${stage}.rpt`, clockNs: 4 },
  used: { ...NO_RESOURCES, ...used },
  available: budget,
});

function equivalence(simulation: EquivalenceReport["simulation"], differing: number): EquivalenceReport {
  const first = { frame: 1, index: [2, 3, 4] as [number, number, number], expected: "-129", actual: "127" };
  return {
    ...{ version: 1, design: "fracnet", simulation, equivalent: differing === 0, frames: 32, tools: ["g++ 12.2.0"] },
    inputs: { kind: "random", seed: 7 },
    streams: [
      { name: "bn1", compared: 4096, differing, first: differing > 0 ? first : null },
      { name: "linear", compared: 320, differing: 0, first: null },
    ],
    seconds: { compile: 1, simulation: 1, reference: 1 },
  };
}
