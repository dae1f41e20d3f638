import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateNode } from "../../test/properties/oracle.ts";
import { imagesFrom, randomGraph } from "../../test/properties/random-graph.ts";
import type { Graph } from "../ir/graph.ts";
import type { Tensor } from "../ir/tensor.ts";
import { toBigints } from "../ir/tensor.ts";
import { layers } from "../layers/index.ts";
import { runBatch } from "./batch.ts";
import { prepare } from "./executor.ts";

/** The values of all streams as the executor computes them. */
function streamsOf(graph: Graph, image: Tensor): Map<string, Tensor> {
  const values = new Map([[graph.input.name, image]]);
  prepare(graph, layers)(image, (name, tensor) => values.set(name, tensor));
  return values;
}

describe("the executor", () => {
  it("computes every node of random graphs as docs/ir.md says", () => {
    fc.assert(
      fc.property(randomGraph(), fc.nat(1000), (graph, seed) => {
        for (const image of imagesFrom(graph, seed, 1)) {
          const values = streamsOf(graph, image);
          const raws = (name: string) => toBigints((values.get(name) as Tensor).data);
          for (const node of graph.nodes)
            expect(raws(node.name), node.name).toEqual(evaluateNode(graph, node, node.inputs.map(raws)));
        }
      }),
      { numRuns: 400, seed: 3 },
    );
  });

  it("gives a batch in the order of its images, with the taps asked for", async () => {
    const [graph] = fc.sample(randomGraph(), { numRuns: 1, seed: 4 }) as [Graph];
    const images = imagesFrom(graph, 5, 6);
    const run = prepare(graph, layers);
    const name = graph.nodes[0]!.name;
    const progress: number[] = [];
    const inputs = images.map(({ data }) => data);
    const results = await runBatch(graph, inputs, { taps: [name], onProgress: (done) => progress.push(done) });
    expect(results.map(({ output }) => output)).toEqual(images.map((image) => run(image).data));
    expect(results.map(({ taps }) => taps.get(name))).toEqual(
      images.map((image) => streamsOf(graph, image).get(name)?.data),
    );
    expect(progress.at(-1)).toBe(6);
  });
});
