/** Elementwise nodes in a row, and what they make of every value that can come in. */
import type { Arithmetic } from "../ir/arithmetic.ts";
import type { Graph, Node, Stream } from "../ir/graph.ts";
import { consumers, streamOf } from "../ir/graph.ts";
import { contextOf, layerOf } from "../ir/infer.ts";
import type { Layer, LayerRegistry } from "../ir/layer.ts";
import { operands } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Shape, Tensor } from "../ir/tensor.ts";
import { storeRaws } from "../ir/tensor.ts";
import { isElementwise } from "./unit.ts";

/** In the order of the data; each reads only the one before, and only the last one is read from outside. */
export type Chain = readonly Node[];

/** For each node the longest chain that ends in it. */
export function chainsOf(graph: Graph, registry: LayerRegistry): Map<string, Chain> {
  const readers = consumers(graph);
  const chains = new Map<string, Chain>();
  for (const node of graph.nodes) {
    const input = onlyInput(node);
    if (input === undefined || !isElementwise(registry, node)) continue;
    const private_ = input !== graph.output && readers.get(input)?.every((reader) => reader === node);
    chains.set(node.name, [...((private_ && chains.get(input)) || []), node]);
  }
  return chains;
}

/** The stream that the chain reads. */
export const inputOfChain = (chain: Chain): string => (chain[0] as Node).inputs[0] as string;

function onlyInput({ inputs }: Node): string | undefined {
  return inputs.every((input) => input === inputs[0]) ? inputs[0] : undefined;
}

/** Raws of the chain's output for all raws of its input from `low` to `high` (which doubles hold): one row for each channel, or one for all. */
export function tabulate(graph: Graph, chain: Chain, [low, high]: readonly [bigint, bigint], registry: LayerRegistry) {
  const input = streamOf(graph, inputOfChain(chain));
  const channels = rowsOf(graph, chain, registry);
  const shape: Shape = [channels, 1, Number(high - low) + 1];
  const row = new Float64Array(shape[2]);
  for (let i = 0; i < row.length; i++) row[i] = Number(low) + i;
  const rows = Array.from({ length: channels }, () => row);
  let values: Tensor = { type: input.type, shape, data: storeRaws(rows, input.type) };
  for (const node of chain) values = evaluate(graph, node, values, registry);
  return values;
}

/** How many rows `tabulate` gives. */
export const rowsOf = (graph: Graph, chain: Chain, registry: LayerRegistry): number =>
  chain.some((node) => dependsOnChannel(graph, node, registry)) ? streamOf(graph, (chain[0] as Node).name).shape[0] : 1;

function evaluate(graph: Graph, node: Node, values: Tensor, registry: LayerRegistry): Tensor {
  const { shape } = values;
  const reshaped = (stream: Stream): Stream => ({ ...stream, shape });
  const streams = new Map([...graph.streams].map(([name, stream]) => [name, reshaped(stream)]));
  const context = contextOf(graph, node, streams);
  if (!context) throw new Error(`node ${node.name} has no stream`);
  const output = streams.get(node.name) as Stream;
  return layerOf(registry, node).reference(context, output)(node.inputs.map(() => values));
}

function dependsOnChannel(graph: Graph, node: Node, registry: LayerRegistry): boolean {
  const context = contextOf(graph, node, graph.streams);
  const layer: Layer = layerOf(registry, node);
  return context === undefined || layer.formula?.(new Dependence(), context, operands([false, false])) === true;
}

/** Whether a value depends on the channel. */
class Dependence implements Arithmetic<boolean> {
  parameter(parameter: Parameter): boolean {
    return parameter.data.length > 1;
  }

  constant(): boolean {
    return false;
  }

  add(a: boolean, b: boolean): boolean {
    return a || b;
  }

  multiply(a: boolean, b: boolean): boolean {
    return a || b;
  }

  ifNegative(x: boolean, negative: (x: boolean) => boolean, otherwise: (x: boolean) => boolean): boolean {
    return x || negative(x) || otherwise(x);
  }

  countThresholds(x: boolean, thresholds: Parameter): boolean {
    return x || thresholds.data.length > (thresholds.shape.at(-1) as number);
  }

  lookup(x: boolean, table: Parameter): boolean {
    return this.countThresholds(x, table);
  }

  cast(x: boolean): boolean {
    return x;
  }
}
