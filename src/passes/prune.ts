/** Drops what the output does not depend on: nodes that nothing reads, tensors that no node names. */
import type { Graph } from "../ir/graph.ts";
import { layerOf } from "../ir/infer.ts";
import type { LayerRegistry } from "../ir/layer.ts";

export function prune(graph: Graph, registry: LayerRegistry): Graph {
  const live = new Set([graph.output]);
  for (const node of graph.nodes.toReversed())
    if (live.has(node.name)) for (const input of node.inputs) live.add(input);
  const nodes = graph.nodes.filter(({ name }) => live.has(name));
  const named = new Set(nodes.flatMap((node) => Object.values(layerOf(registry, node).parameters(node.attributes))));
  const parameters = new Map([...graph.parameters].filter(([name]) => named.has(name)));
  const streams = new Map([...graph.streams].filter(([name]) => name === graph.input.name || live.has(name)));
  return { ...graph, nodes, parameters, streams };
}
