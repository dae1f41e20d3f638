/** Gives every edge its stream: asks each layer in topological order. */
import type { Diagnostic } from "../diagnostics.ts";
import { DiagnosticError } from "../diagnostics.ts";
import type { Graph, Node, Stream, UntypedGraph } from "./graph.ts";
import type { Layer, LayerContext, LayerRegistry, Report } from "./layer.ts";

export function layerOf(registry: LayerRegistry, node: Node): Layer {
  const layer = registry.get(node.kind);
  if (!layer) throw new Error(`no layer of kind ${node.kind}`);
  return layer;
}

/** What a layer may know of its node; undefined while the stream of an input is not known. */
export function contextOf(
  graph: UntypedGraph,
  node: Node,
  streams: ReadonlyMap<string, Stream>,
  path = node.name,
): LayerContext<Node["attributes"]> | undefined {
  const inputs = node.inputs.map((name) => streams.get(name));
  if (!inputs.every((stream) => stream !== undefined)) return undefined;
  const parameter = (name: string) => {
    const found = graph.parameters.get(name);
    if (!found) throw new Error(`graph ${graph.name} has no tensor ${name}`);
    return found;
  };
  return { name: node.name, path, attributes: node.attributes, inputs, parameter };
}

/**
 * Streams of all nodes whose inputs are sound; what is wrong is reported. `pathOf` gives the place of a node for the report.
 * Nodes behind a wrong one are skipped, so that one mistake is told once.
 */
export function inferStreams(
  graph: UntypedGraph,
  registry: LayerRegistry,
  report: Report,
  pathOf: (node: Node) => string = (node) => node.name,
): Map<string, Stream> {
  const streams = new Map<string, Stream>([[graph.input.name, { shape: graph.input.shape, type: graph.input.type }]]);
  for (const node of graph.nodes) {
    const context = contextOf(graph, node, streams, pathOf(node));
    const stream = context && layerOf(registry, node).infer(context, report);
    if (stream) streams.set(node.name, Object.freeze(stream));
  }
  return streams;
}

/** The graph with its streams. Throws a DiagnosticError that holds everything that is wrong. */
export function typed(graph: UntypedGraph, registry: LayerRegistry): Graph {
  const diagnostics: Diagnostic[] = [];
  const streams = inferStreams(graph, registry, (diagnostic) => diagnostics.push(diagnostic));
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  return { ...graph, streams };
}
