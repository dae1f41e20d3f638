/** What every stream of a graph can be, from the input's type on. */
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import { contextOf, layerOf } from "../ir/infer.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Range } from "../ir/range.ts";
import { fullRange } from "../ir/range.ts";

export function rangesOf(graph: Graph, registry: LayerRegistry): Map<string, Range> {
  const { name, type, shape } = graph.input;
  const ranges = new Map([[name, fullRange(type, shape[0])]]);
  for (const node of graph.nodes) {
    const context = contextOf(graph, node, graph.streams);
    if (!context) throw new Error(`node ${node.name} has no stream`);
    const inputs = node.inputs.map((input) => ranges.get(input) as Range);
    ranges.set(node.name, layerOf(registry, node).range(context, streamOf(graph, node.name), inputs));
  }
  return ranges;
}
