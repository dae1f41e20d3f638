/**
 * Groups the nodes into what becomes one stage each: an elementwise node joins the elementwise stage of its producer if it is
 * the only reader there. A node with two such producers joins the later one, at the end of the longer path.
 *
 *     a = conv2d(x)                 stage a: conv2d
 *     b = affine(a)            ->
 *     c = add(x, b)                 stage c(x, a): affine, add
 */
import type { Graph, Node } from "../ir/graph.ts";
import { consumers } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Unit } from "./unit.ts";
import { isElementwise, unitOf } from "./unit.ts";

/** In topological order. */
export function groupStages(graph: Graph, registry: LayerRegistry): Unit[] {
  const mayJoin = joinable(graph, registry);
  // By last node. A stage that grows moves to the end: all that the new node reads stands before it.
  const groups = new Map<string, readonly Node[]>();
  const place = new Map(graph.nodes.map(({ name }, i) => [name, i]));
  for (const node of graph.nodes) {
    const producers = node.inputs.filter((input) => mayJoin(input, node));
    const latest = producers.sort((a, b) => (place.get(b) as number) - (place.get(a) as number))[0];
    const before = latest === undefined ? [] : (groups.get(latest) as readonly Node[]);
    if (latest !== undefined) groups.delete(latest);
    groups.set(node.name, [...before, node]);
  }
  return [...groups.values()].map((nodes) => unitOf(nodes, registry));
}

/** Whether the producer of a stream and the node that reads it may be one stage. */
function joinable(graph: Graph, registry: LayerRegistry): (input: string, reader: Node) => boolean {
  const readers = consumers(graph);
  const elementwise = new Set(graph.nodes.filter((node) => isElementwise(registry, node)).map(({ name }) => name));
  return (input, reader) =>
    elementwise.has(input) &&
    elementwise.has(reader.name) &&
    input !== graph.output &&
    (readers.get(input) ?? []).every((other) => other === reader);
}
