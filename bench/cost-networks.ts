/** Networks in which every kind of stage stands, in several foldings. */
import type { Graph } from "../src/ir/graph.ts";
import { loadModel } from "../src/model/load.ts";
import { packageFile } from "../src/package-root.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { fracnetLike } from "../test/networks/fracnet.ts";
import { smallNetwork } from "../test/networks/small.ts";
import type { Network } from "./cost-measure.ts";

/** All, or those whose names are given. */
export async function networks(wanted: readonly string[]): Promise<Network[]> {
  const all: [string, Graph, number][] = [
    ["small", smallNetwork(), 100],
    ["small", smallNetwork(), 1000],
    ["fracnet8", fracnetLike(8, 1), 512],
    ["fracnet8", fracnetLike(8, 1), 4096],
    ["fashion", await loadModel(packageFile("models/fashion-mnist/model.json")), 8192],
  ];
  return all
    .map(([name, graph, targetCycles]) => ({ graph, targetCycles, name: `${name}@${targetCycles}` }))
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    .map(({ name, graph, targetCycles }) => ({ name, scheduled: schedule(optimize(graph), { targetCycles }) }));
}
