/** Random networks over all kinds, types, modes, shapes and encodings, for property tests and the differential bench. */
import fc from "fast-check";
import { fixed, numeric } from "../../src/ir/data-type.ts";
import type { Graph, Node, Stream } from "../../src/ir/graph.ts";
import { contextOf, layerOf, typed } from "../../src/ir/infer.ts";
import type { Folding } from "../../src/ir/layer.ts";
import type { Parameter } from "../../src/ir/parameter.ts";
import type { Tensor } from "../../src/ir/tensor.ts";
import { elements, storeRaws } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { groupStages } from "../../src/passes/stages.ts";
import { hardwareOf } from "../../src/passes/unit.ts";
import type { Gene } from "./random-genes.ts";
import { fixedType, gene } from "./random-genes.ts";
import type { Growing } from "./random-nodes.ts";
import { recipes } from "./random-nodes.ts";
import { Random } from "./random-numbers.ts";

/** Larger streams are not built upon, so that thousands of graphs run in minutes. */
const MOST_ELEMENTS = 400;

const size = fc.integer({ min: 1, max: 6 });
const inputStream: fc.Arbitrary<Stream> = fc.record({
  shape: fc.tuple(size, size, size),
  type: fc.oneof(fc.constant(fixed(false, 8, 0)), fixedType),
});

/** Nodes may be left over that the output does not depend on. */
export function randomGraph(nodes = 8): fc.Arbitrary<Graph> {
  return fc
    .tuple(inputStream, fc.array(gene, { minLength: 1, maxLength: nodes }))
    .map(([input, genes]) => grow(input, genes));
}

/** Exact sums of numbers or of bits. */
export const randomSums: fc.Arbitrary<Graph> = fc
  .tuple(
    inputStream,
    gene,
    fc.constantFrom("thermometer", "quantize", "relu"),
    gene,
    fc.constantFrom("conv2d", "dense"),
  )
  .map(([input, first, before, second, kind]) =>
    grow(input, [
      { ...first, kind: before },
      { ...second, kind, from: 0, groups: 1, accumulator: undefined },
    ]),
  );

/** Images for the graph's input: full words, bounds and small values mixed. */
export function imagesFrom({ input: { shape, type } }: Graph, seed: number, count: number): Tensor[] {
  const random = new Random(seed);
  const raws = () => Array.from({ length: elements(shape) }, () => random.raw(numeric(type)));
  return Array.from({ length: count }, () => ({ shape, type, data: storeRaws([raws()], type) }));
}

/** One of its foldings for every stage, by name. */
export function foldingsFrom(graph: Graph, seed: number): ReadonlyMap<string, Folding> {
  const random = new Random(seed);
  const pick = <T>(list: readonly T[]) => list[random.below(list.length)] as T;
  return new Map(
    groupStages(graph, layers).map((unit) => [unit.name, pick(hardwareOf(graph, layers, unit.nodes).foldings)]),
  );
}

/** All products of every stage at once. */
export const fastestFoldings = (graph: Graph): ReadonlyMap<string, Folding> =>
  new Map(
    groupStages(graph, layers).map(({ name, nodes }) => {
      const { foldings } = hardwareOf(graph, layers, nodes);
      return [name, foldings.reduce((most, one) => (one.pe * one.simd > most.pe * most.simd ? one : most))];
    }),
  );

function grow(input: Stream, genes: readonly Gene[]): Graph {
  const graph = new GrowingGraph(input);
  for (const one of genes) graph.add(one);
  return graph.finish();
}

class GrowingGraph implements Growing {
  readonly streams: Map<string, Stream>;
  private readonly input: Stream;
  private readonly nodes: Node[] = [];
  private readonly parameters = new Map<string, Parameter>();

  constructor(input: Stream) {
    this.input = input;
    this.streams = new Map([["image", input]]);
  }

  tensor(parameter: Parameter): string {
    const name = `tensor${this.parameters.size}`;
    this.parameters.set(name, parameter);
    return name;
  }

  /** A node that its layer refuses (too wide, say) is left out. */
  node(kind: string, inputs: readonly string[], attributes: object): string {
    const name = `n${this.nodes.length}_${kind.replaceAll("-", "_")}`;
    const layer = layers.get(kind);
    if (!layer) throw new Error(`no layer of kind ${kind}`);
    const node = { kind, name, inputs, attributes: layer.attributes.parse(attributes) };
    const context = contextOf(this.untyped(name), node, this.streams);
    let sound = context !== undefined;
    const stream =
      context &&
      layerOf(layers, node).infer(context, () => {
        sound = false;
      });
    if (!sound || !stream || elements(stream.shape) > MOST_ELEMENTS) return inputs[0] as string;
    this.nodes.push(node);
    this.streams.set(name, stream);
    return name;
  }

  add(one: Gene): void {
    const { inputs, attributes } = (recipes[one.kind] as (typeof recipes)[string])(one, this);
    this.node(one.kind, inputs, attributes);
  }

  finish(): Graph {
    if (this.nodes.length === 0) this.node("max-pool", ["image"], { kernel: [1, 1] });
    return typed(this.untyped((this.nodes.at(-1) as Node).name), layers);
  }

  private untyped(output: string) {
    const { nodes, parameters } = this;
    return { name: "random", input: { name: "image", ...this.input }, nodes, output, parameters };
  }
}
