/** The meaning of a graph: runs it layer by layer, image by image, on exact integers. */
import type { Graph, Node } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import { contextOf, layerOf } from "../ir/infer.ts";
import type { Evaluate, LayerRegistry, Tap } from "../ir/layer.ts";
import type { Tensor } from "../ir/tensor.ts";

/** Receives the stream of each node (`name`) and the values inside of some (`name.suffix`, docs/ir.md). */
export type TapNode = (name: string, tensor: Tensor) => void;

/** Computes the output for one input of the graph's input stream. */
export type Run = (input: Tensor, tap?: TapNode) => Tensor;

interface Step {
  readonly node: Node;
  readonly evaluate: Evaluate;
  /** Streams that nothing reads after this node. */
  readonly finished: readonly string[];
}

/** Prepares every layer once (weights are packed, parameters spread), for any number of images. */
export function prepare(graph: Graph, registry: LayerRegistry): Run {
  const steps = stepsOf(graph, registry);
  return (input, tap) => {
    const values = new Map<string, Tensor>([[graph.input.name, input]]);
    for (const { node, evaluate, finished } of steps) {
      const inside: Tap | undefined = tap && ((suffix, tensor) => tap(`${node.name}.${suffix}`, tensor));
      const inputs = node.inputs.map((name) => values.get(name) as Tensor);
      const output = evaluate(inputs, inside);
      tap?.(node.name, output);
      values.set(node.name, output);
      for (const name of finished) values.delete(name);
    }
    return values.get(graph.output) as Tensor;
  };
}

function stepsOf(graph: Graph, registry: LayerRegistry): Step[] {
  const lastReader = new Map<string, Node>();
  for (const node of graph.nodes) for (const input of node.inputs) lastReader.set(input, node);
  lastReader.delete(graph.output);
  return graph.nodes.map((node) => {
    const context = contextOf(graph, node, graph.streams);
    if (!context) throw new Error(`node ${node.name} has no stream`);
    const evaluate = layerOf(registry, node).reference(context, streamOf(graph, node.name));
    return { node, evaluate, finished: node.inputs.filter((name) => lastReader.get(name) === node) };
  });
}
