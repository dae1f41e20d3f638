/** On numbers that doubles hold exactly, the real meaning of every layer is its exact one. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { numeric, signedBits } from "../../src/ir/data-type.ts";
import type { Graph, Node, Stream } from "../../src/ir/graph.ts";
import { streamOf } from "../../src/ir/graph.ts";
import { contextOf, layerOf } from "../../src/ir/infer.ts";
import type { Parameter } from "../../src/ir/parameter.ts";
import { rawAt } from "../../src/ir/parameter.ts";
import type { Tensor } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { prepare } from "../../src/reference/executor.ts";
import { imagesFrom, randomGraph } from "./random-graph.ts";

/** Wider numbers may need more bits than a double has, on the way. */
const MOST_BITS = 13;

it("equals the reference", () => {
  const kinds = new Set<string>();
  const property = fc.property(randomGraph(), fc.nat(1000), (graph, seed) => {
    const [image] = imagesFrom(graph, seed, 1) as [Tensor];
    const values = new Map([[graph.input.name, image]]);
    prepare(graph, layers)(image, (name, tensor) => values.set(name, tensor));
    for (const node of graph.nodes.filter((one) => isNarrow(graph, one))) {
      const found = evaluate(graph, node, values);
      if (found) kinds.add(node.kind);
      if (found) expect(found, node.kind).toEqual(valuesOf(values.get(node.name) as Tensor));
    }
  });
  fc.assert(property, { numRuns: 400, seed: 3 });
  expect([...layers.keys()].filter((kind) => !kinds.has(kind))).toEqual(["lookup"]);
});

function isNarrow(graph: Graph, node: Node): boolean {
  const { accumulator, ...attributes } = node.attributes;
  const parameters = Object.values(layerOf(layers, node).parameters(attributes)).map((name) =>
    graph.parameters.get(name ?? ""),
  );
  const types = [
    ...node.inputs.map((name) => streamOf(graph, name)),
    streamOf(graph, node.name),
    ...parameters,
  ].flatMap((one) => one?.type ?? []);
  return accumulator === undefined && types.every((type) => signedBits(type) <= MOST_BITS);
}

function evaluate(graph: Graph, node: Node, values: ReadonlyMap<string, Tensor>): number[] | undefined {
  const context = contextOf(graph, node, graph.streams);
  if (!context) return undefined;
  const parameterValues = (parameter: Parameter) =>
    Float64Array.from(parameter.data, (_: unknown, i: number) => scaled(rawAt(parameter, i), parameter));
  const real = layerOf(layers, node).real?.evaluate(context, streamOf(graph, node.name), parameterValues);
  const inputs = node.inputs.map((name) => Float64Array.from(valuesOf(values.get(name) as Tensor)));
  return real && Array.from(real(inputs), (value) => value + 0);
}

const valuesOf = (tensor: Tensor): number[] =>
  Array.from<number | bigint, number>(tensor.data, (raw) => scaled(raw, tensor));
const scaled = (raw: number | bigint, { type }: Pick<Stream, "type">): number =>
  Number(raw) * 2 ** -numeric(type).fraction + 0;
