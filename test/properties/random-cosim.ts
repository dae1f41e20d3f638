/** One random network in Verilator, at full speed and with back-pressure, against the reference. Everything about it follows from its seed. */
import fc from "fast-check";
import type { Executable } from "../../src/build/plan.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { cosimProblem } from "../tools/cosim-model.ts";
import { foldingsFrom, imagesFrom, randomGraph } from "./random-graph.ts";

const FRAMES = 3;

export const networkOf = (seed: number): Graph => fc.sample(randomGraph(), { seed, numRuns: 1 })[0] as Graph;

/** What is wrong with it, or undefined. */
export async function randomCosim(seed: number, folder: string, verilator: Executable): Promise<string | undefined> {
  const graph = networkOf(seed);
  const optimized = optimize(graph);
  const scheduled = schedule(optimized, { foldings: foldingsFrom(optimized, seed) });
  const images = imagesFrom(graph, seed, FRAMES).map(({ data }) => data);
  return cosimProblem(graph, { scheduled, images, folder, verilator }, [seed]);
}
