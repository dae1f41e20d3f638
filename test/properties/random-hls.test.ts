/** The compiled C++ of random graphs with random foldings gives what the reference executor gives. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateHls } from "../../src/codegen/hls/index.ts";
import type { Graph } from "../../src/ir/graph.ts";
import type { ScheduledGraph } from "../../src/ir/schedule.ts";
import { toBigints } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { prepare } from "../../src/reference/executor.ts";
import type { HlsRun } from "../tools/run-hls.ts";
import { HLS_OPTIONS, hasCompiler, runHls } from "../tools/run-hls.ts";
import { temporaryFolder } from "../tools/temporary.ts";
import { fastestFoldings, foldingsFrom, imagesFrom, randomGraph, randomSums } from "./random-graph.ts";

const GRAPHS = Number(process.env["HLS_GRAPHS"] ?? 24);
const SUMS = 10;
const SEED = Number(process.env["HLS_SEED"] ?? 1);

/** The forms of a project take turns. */
const FORMS = [
  {},
  { options: { axiStream: true }, defines: ["BITLOOM_AS_SYNTHESIZED"] },
  { options: { allowDsp: true }, defines: ["BITLOOM_TAPS"] },
];

test.skipIf(!hasCompiler()).each(Array.from({ length: GRAPHS }, (_, i) => SEED + i))("random graph %i", (seed) => {
  const graph = sample(randomGraph(), seed);
  const given = seed % 2 === 0 ? graph : optimize(graph);
  const scheduled = schedule(given, { foldings: foldingsFrom(given, seed) });
  expectEqual(graph, scheduled, seed, FORMS[seed % FORMS.length]);
});

describe("weights that are all constants of the same cycle", () => {
  const seeds = Array.from({ length: SUMS }, (_, i) => SEED + i);
  const scheduledOf = (graph: Graph) => schedule(optimize(graph), { foldings: fastestFoldings(optimize(graph)) });

  test("most sums have no table of weights", () => {
    const texts = seeds.map((seed) => [...generateHls(scheduledOf(sample(randomSums, seed)), layers, HLS_OPTIONS)]);
    const constant = texts.filter((files) => files.some(([, text]) => String(text).includes("constant_sums<shape")));
    expect(constant.length).toBeGreaterThan(SUMS / 2);
  });

  test.skipIf(!hasCompiler()).each(seeds)("random sums %i", (seed) => {
    const graph = sample(randomSums, seed);
    expectEqual(graph, scheduledOf(graph), seed, FORMS[seed % 2]);
  });
});

function sample(graphs: fc.Arbitrary<Graph>, seed: number): Graph {
  const [graph] = fc.sample(graphs, { seed, numRuns: 1 });
  if (!graph) throw new Error("no graph");
  return graph;
}

function expectEqual(graph: Graph, scheduled: ScheduledGraph, seed: number, form: HlsRun | undefined): void {
  const images = imagesFrom(graph, seed, 3);
  const run = prepare(graph, layers);
  const expected = images.map((image) => toBigints(run(image).data));
  const outputs = runHls(
    scheduled,
    images.map(({ data }) => data),
    temporaryFolder(),
    form,
  );
  expect(outputs.map(toBigints)).toEqual(expected);
}
