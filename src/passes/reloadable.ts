/** Says of the weights of a network that a device may load others: types of streams then hold whatever these give. */
import type { Graph } from "../ir/graph.ts";
import { layerOf, typed } from "../ir/infer.ts";
import type { LayerRegistry } from "../ir/layer.ts";

export function withReloadableWeights(graph: Graph, registry: LayerRegistry): Graph {
  const weights = new Set(graph.nodes.map((node) => layerOf(registry, node).weight?.(node.attributes)));
  const parameters = [...graph.parameters].map(
    ([name, parameter]) => [name, weights.has(name) ? { ...parameter, reloadable: true as const } : parameter] as const,
  );
  return typed({ ...graph, parameters: new Map(parameters) }, registry);
}

/** The graph with the reloadable weights of another one of the same network. */
export function withWeightsOf(graph: Graph, other: Graph): Graph {
  const parameters = [...graph.parameters].map(([name, parameter]) => {
    const found = parameter.reloadable ? other.parameters.get(name) : undefined;
    return [name, found ? { ...found, reloadable: true as const } : parameter] as const;
  });
  return { ...graph, parameters: new Map(parameters) };
}
