/** Designs of FracNet that the search prices in a second: with room for all, and where it must squeeze them into a budget. */
import { smallest, targetsOf } from "../src/explore/search.ts";
import type { Area } from "../src/ir/cost.ts";
import type { Graph } from "../src/ir/graph.ts";
import { optimize } from "../src/passes/index.ts";
import { explored } from "../src/passes/schedule.ts";
import { fracnetLike } from "../test/networks/fracnet.ts";
import type { Row } from "./table.ts";

const BOARD: Area = { lut: 70_560, ff: 141_120, bram18: 432, dsp: 360 };
const ENDLESS: Area = { lut: 1e9, ff: 1e9, bram18: 1e9, dsp: 1e9 };
const SECONDS = 2;

export function exploreSpeed(): Row[] {
  const graph = optimize(fracnetLike());
  return [
    { ...row("explore, FracNet, one core", graph, ENDLESS), wanted: "10,000 designs/s" },
    row("the same where most have to be squeezed into the board", graph, BOARD),
  ];
}

function row(what: string, graph: Graph, budget: Area): Row {
  const { space } = explored(graph, budget);
  const targets = targetsOf(space);
  const start = performance.now();
  let designs = 0;
  for (let i = 0; performance.now() - start < 1000 * SECONDS; i++) {
    smallest(space, targets[i % targets.length] as number);
    designs++;
  }
  const rate = Math.round((1000 * designs) / (performance.now() - start));
  return { what, value: `${rate.toLocaleString("en")} designs/s, of ${space.stages.length} stages` };
}
