/** The compiled C++ of random graphs with random foldings gives what the reference executor gives. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { toBigints } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { prepare } from "../../src/reference/executor.ts";
import { hasCompiler, runHls } from "../tools/run-hls.ts";
import { temporaryFolder } from "../tools/temporary.ts";
import { foldingsFrom, imagesFrom, randomGraph } from "./random-graph.ts";

const GRAPHS = Number(process.env["HLS_GRAPHS"] ?? 24);
const SEED = Number(process.env["HLS_SEED"] ?? 1);

/** The forms of a project take turns. */
const FORMS = [
  {},
  { options: { axiStream: true }, defines: ["BITLOOM_AS_SYNTHESIZED"] },
  { options: { allowDsp: true }, defines: ["BITLOOM_TAPS"] },
];

test.skipIf(!hasCompiler()).each(Array.from({ length: GRAPHS }, (_, i) => SEED + i))("random graph %i", (seed) => {
  const [graph] = fc.sample(randomGraph(), { seed, numRuns: 1 });
  if (!graph) throw new Error("no graph");
  const images = imagesFrom(graph, seed, 3);
  const run = prepare(graph, layers);
  const expected = images.map((image) => toBigints(run(image).data));
  const given = seed % 2 === 0 ? graph : optimize(graph);
  const scheduled = schedule(given, { foldings: foldingsFrom(given, seed) });
  const outputs = runHls(
    scheduled,
    images.map(({ data }) => data),
    temporaryFolder(),
    FORMS[seed % FORMS.length],
  );
  expect(outputs.map(toBigints)).toEqual(expected);
});
