import { expect, test } from "vitest";
import { sampleReport } from "../../test/report/sample.ts";
import { emptyReport, resourceReportSchema } from "./resource-report.ts";
import type { SynthesizedModule } from "./stage-usage.ts";
import { usageRows, withStageUsage } from "./stage-usage.ts";
import { stageUsageText } from "./stage-usage-text.ts";

const synthesized = (module: string, lut: number, luts = 2): SynthesizedModule => ({
  module,
  used: { lut, lutram: 10, ff: 300, bram18: 4, dsp: 0, uram: 0 },
  netlist: {
    ...{ srl: 4, carry8: 2.5, ramb18: 0, ramb36: 2 },
    longestPath: { luts, chains: 1, carry8: 1.5, from: "a[0]", to: "y" },
  },
});

const sample = sampleReport(8, 1);
const layers = sample.stages.filter(({ kind }) => kind === "layer").slice(0, 2);
const fork = sample.stages.find(({ kind }) => kind === "fork");
const budget = { lut: 1000, lutram: 100, ff: 2000, bram18: 10, dsp: 5, uram: 0 };
const nothing = { lut: 0, ff: 0, bram18: 0, dsp: 0 };
const costs = [
  { lut: 230.6, ff: 310, bram18: 4, dsp: 0 },
  { lut: 25, ff: 0, bram18: 0.5, dsp: 0 },
];
const [first, second] = layers.map(({ name }) => name) as [string, string];
const [fifo, other] = sample.fifos.map(({ name }) => name) as [string, string];
const resources = withStageUsage(emptyReport({ design: "fracnet", budget }), {
  parts: new Map([
    [first, synthesized("stage_first", 250)],
    [second, synthesized("stage_second", 30, 5)],
    [fork?.name as string, synthesized("bitloom_fork", 1)],
    [fifo, synthesized("bitloom_fifo", 7)],
    [other, synthesized("bitloom_fifo", 8, 3)],
  ]),
  whole: synthesized("fracnet", 296, 5),
  source: "Yosys 0.23",
});
const stages = sample.stages.map((stage) => ({ ...stage, cost: costs[layers.indexOf(stage)] ?? nothing }));
const fifos = sample.fifos.map((each) => ({
  ...each,
  cost: each.name === fifo ? { ...nothing, lut: 9, ff: 8 } : nothing,
}));
const board = { ...sample.board, budget };
const report = { ...sample, board, stages: stages as typeof sample.stages, fifos, resources };

test("each part is a node, and the whole a total against the budget", () => {
  expect(resourceReportSchema.parse(resources)).toEqual(resources);
  expect(resources.totals).toMatchObject([{ stage: "netlist", scope: "core", used: { lut: 296 } }]);
  expect(usageRows(report).map(({ kind, used }) => [kind, used.lut])).toEqual([
    ["layer", 250],
    ["layer", 30],
    ["fork", 1],
    ["fifo", 7],
    ["fifo", 8],
    ["whole", 296],
  ]);
});

test("the table puts the cost model beside it, sums what stands between stages, and marks long paths", () => {
  expect(`\n${stageUsageText(report)}`).toMatchInlineSnapshot(`
    "
    stage          LUT  expected  as memory  SRL    FF  expected  CARRY8  BRAM18  expected  BRAM36  DSP      path  longest path
    encoded        250       231         10    4   300       310     2.5       4         4       2    0  2.3 ns    2 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    conv1           30        25         10    4   300         0     2.5       4       0.5       2    0  4.7 ns !  5 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    1 fork           1         0         10    4   300         0     2.5       4         0       2    0  2.3 ns    2 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    2 FIFOs         15         9         20    8   600         8       5       8         0       4    0  3.1 ns    3 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    fracnet        296       265         10    4   300       318     2.5       4       4.5       2    0  4.7 ns !  5 LUT + 1 chain of 1.5 CARRY8, a[0] to y
    of the board  30 %                 10 %       15 %                      40 %                    0 %
    ! likely to take longer than the 4 ns of a clock cycle: conv1, fracnet"
  `);
  expect(stageUsageText({ ...sample, resources: null })).toBe("");
});
