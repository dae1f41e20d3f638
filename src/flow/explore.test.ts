import { expect, test } from "vitest";
import { parseStringPromise } from "xml2js";
import { smallNetwork } from "../../test/networks/small.ts";
import { explorationSchema, landmarks } from "../report/exploration.ts";
import { explorationChart } from "../report/exploration-chart.ts";
import { explorationText } from "../report/exploration-text.ts";
import { exploreGraph } from "./explore.ts";

const exploration = exploreGraph(smallNetwork(), { budget: 0.04 });
const plain = { bold: (text: string) => text, dim: (text: string) => text };

test("the front of a small network is what its schema says, in table and data alike", () => {
  expect(explorationSchema.parse(exploration)).toEqual(exploration);
  const [head, headings, ...lines] = explorationText(exploration, plain).split("\n");
  expect(head).toBe(`tiny on Ultra96-V2 at 250 MHz: ${exploration.front.length} designs that no other one beats`);
  expect(headings).toMatch(/frames\/s +cycles +LUT +FF +BRAM18 +DSP +slowest stage/);
  expect(lines.slice(0, -2).map((line) => /[\d,]+ +([\d,]+)/.exec(line)?.[1])).toEqual(
    exploration.front.map(({ cycles }) => cycles.toLocaleString("en")),
  );
  expect(lines.filter((line) => line.startsWith(">"))).toHaveLength(1);
});

test("the design that is chosen is on the front, and fits", () => {
  const { foldings, ...chosen } = exploration.chosen;
  expect(exploration.front).toContainEqual(chosen);
  expect(chosen.fits).toBe(true);
  expect(Object.keys(foldings)).toContain("second");
});

test("of a long front only those designs are shown that take much less", () => {
  const [fastest] = exploration.front;
  const front = Array.from({ length: 40 }, (_, i) => {
    const area = { lut: 1000 - 10 * i, ff: 0, bram18: 0, dsp: 0 };
    return { ...fastest!, cycles: 100 + i, area };
  });
  expect(landmarks({ ...exploration, front }).map(({ area }) => area.lut)).toEqual([1000, 900, 810, 720, 640]);
  expect(landmarks({ ...exploration, front: front.slice(0, 20) })).toHaveLength(20);
});

test("its picture is one SVG with a curve and a mark for each resource", async () => {
  const { svg } = await parseStringPromise(explorationChart(exploration));
  const groups = svg.g.find((group: { $?: object }) => "clip-path" in (group.$ ?? {})).g;
  expect(groups.map((group: { $: { class: string } }) => group.$.class)).toEqual(["lut", "ff"]);
  expect(svg.circle).toHaveLength(groups.length);
  expect(explorationChart(exploration)).not.toMatch(/NaN|Infinity|undefined|href=|url\(h/);
});
