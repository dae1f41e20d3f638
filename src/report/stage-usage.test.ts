import { expect, test } from "vitest";
import type { StageEntry } from "./build-report.ts";
import type { LongestPath } from "./resource-report.ts";
import { emptyReport, resourceReportSchema } from "./resource-report.ts";
import type { SynthesizedModule } from "./stage-usage.ts";
import { withStageUsage } from "./stage-usage.ts";
import { stageUsageText } from "./stage-usage-text.ts";

const budget = { lut: 1000, lutram: 100, ff: 2000, bram18: 10, dsp: 5, uram: 0 };
const stage = (name: string, cost: StageEntry["cost"]): StageEntry => ({
  ...{ name, kind: "layer", nodes: [], shape: [1, 1, 1], type: "ap_int<8>", folding: null, cycles: 1 },
  ...{ cost, inputs: [], outputs: [] },
});
const longestPath: LongestPath = { luts: 2, chains: 1, carry8: 1.5, from: "a[0]", to: "y" };
const synthesized = (module: string, lut: number): SynthesizedModule => ({
  module,
  used: { lut, lutram: 10, ff: 300, bram18: 4, dsp: 0, uram: 0 },
  netlist: { srl: 4, carry8: 2.5, ramb18: 0, ramb36: 2, longestPath },
});

const stages = [stage("conv1", { lut: 230.6, ff: 310, bram18: 4, dsp: 0 }), stage("fork1", null), stage("relu1", null)];
const found = new Map([
  ["conv1", synthesized("net_conv1", 250)],
  ["fork1", synthesized("net_fork1", 1)],
]);
const report = withStageUsage(emptyReport({ design: "net", budget }), stages, {
  stages: found,
  core: synthesized("net_core", 520),
  source: "Yosys 0.23",
});

test("each synthesized stage is a node, and the whole a total against the budget", () => {
  expect(resourceReportSchema.parse(report)).toEqual(report);
  expect(report.nodes.map(({ name, module, used }) => [name, module, used.lut])).toEqual([
    ["conv1", "net_conv1", 250],
    ["fork1", "net_fork1", 1],
    ["net", "net_core", 520],
  ]);
  expect(report.totals).toMatchObject([{ stage: "synthesis", scope: "core", used: { lut: 520 }, available: budget }]);
  const again = withStageUsage(report, stages, { stages: found, core: undefined, source: "Yosys 0.23" });
  expect(again.nodes).toHaveLength(3);
});

test("the table puts the cost model beside the synthesis, and shares below", () => {
  expect(`\n${stageUsageText(report, stages)}`).toMatchInlineSnapshot(`
    "
    stage          LUT  expected  as memory  SRL    FF  expected  CARRY8  BRAM18  expected  DSP  longest path
    conv1          250       231         10    4   300       310     2.5       4         4    0  2 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    fork1            1         -         10    4   300         -     2.5       4         -    0  2 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    net            520         -         10    4   300         -     2.5       4         -    0  2 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    of the board  52 %                 10 %       15 %                      40 %            0 %"
  `);
  expect(stageUsageText(emptyReport(), stages)).toBe("");
});
