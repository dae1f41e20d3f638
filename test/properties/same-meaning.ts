/** Every pass must leave sound graphs in which every node that remains has the values that it had. */
import fc from "fast-check";
import { expect } from "vitest";
import type { Graph } from "../../src/ir/graph.ts";
import type { Tensor } from "../../src/ir/tensor.ts";
import { toBigints } from "../../src/ir/tensor.ts";
import { verify } from "../../src/ir/verify.ts";
import { layers } from "../../src/layers/index.ts";
import { prepare } from "../../src/reference/executor.ts";
import { imagesFrom, randomGraph } from "./random-graph.ts";

export function expectSameMeaning(pass: (graph: Graph) => Graph, numRuns: number, seed: number): void {
  const property = fc.property(randomGraph(), fc.nat(1_000_000), (graph, images) => {
    const changed = pass(graph);
    expect(verify(changed, layers)).toEqual([]);
    expect(changed.streams.get(changed.output)).toEqual(graph.streams.get(graph.output));
    compare(graph, changed, imagesFrom(graph, images, 2));
  });
  fc.assert(property, { numRuns, seed });
}

function compare(before: Graph, after: Graph, images: readonly Tensor[]): void {
  const [run, rerun] = [prepare(before, layers), prepare(after, layers)];
  for (const image of images) {
    const values = new Map<string, Tensor>();
    const expected = run(image, (name, tensor) => values.set(name, tensor));
    const actual = rerun(image, (name, tensor) => expect(rawsOf(tensor), name).toEqual(rawsOf(values.get(name))));
    expect(rawsOf(actual)).toEqual(rawsOf(expected));
  }
}

/** Whether doubles or bigints hold them depends on the type. */
const rawsOf = (tensor: Tensor | undefined): bigint[] => toBigints(tensor?.data ?? []);
