/** Nodes of a graph as a chain of formulas. */
import type { Arithmetic } from "../arithmetic.ts";
import type { Graph, Node } from "../graph.ts";
import { streamOf } from "../graph.ts";
import { contextOf, layerOf } from "../infer.ts";
import type { LayerRegistry, Operands } from "../layer.ts";
import type { ElementwiseChain, ElementwiseStep } from "./elementwise.ts";

/** Elementwise nodes in topological order; `inputs` names the streams that come from outside. */
export function elementwiseChain(
  graph: Graph,
  registry: LayerRegistry,
  { nodes, inputs }: { nodes: readonly Node[]; inputs: readonly string[] },
): ElementwiseChain {
  const step = (node: Node): ElementwiseStep => {
    const context = contextOf(graph, node, graph.streams);
    const layer = layerOf(registry, node);
    const { name, inputs } = node;
    const compute = <V>(arithmetic: Arithmetic<V>, values: Operands<V>): V => {
      if (!context || !layer.formula) throw new Error(`internal error: ${name} is not elementwise`);
      return layer.formula(arithmetic, context, values);
    };
    return { name, inputs, compute, type: streamOf(graph, name).type };
  };
  const [channels] = streamOf(graph, (nodes[0] as Node).name).shape;
  return {
    channels,
    inputs: inputs.map((name) => ({ name, type: streamOf(graph, name).type })),
    steps: nodes.map(step),
  };
}
