/** Checks what every pass must keep: for tests, since a wrong graph is our own bug. */
import { z } from "zod";
import { formatDiagnostic } from "../diagnostics.ts";
import type { Graph, Node, Stream } from "./graph.ts";
import { inferStreams } from "./infer.ts";
import type { LayerRegistry } from "./layer.ts";
import { printStream } from "./print.ts";

/** What is wrong with the graph; nothing if it is sound. */
export function verify(graph: Graph, registry: LayerRegistry): string[] {
  const structure = [...checkOrder(graph), ...graph.nodes.flatMap((node) => checkNode(graph, node, registry))];
  return structure.length > 0 ? structure : checkStreams(graph, registry);
}

/** Names are unique, and every input stands before the node that reads it. */
function checkOrder(graph: Graph): string[] {
  const known = new Set([graph.input.name]);
  const problems: string[] = [];
  for (const { name, inputs } of graph.nodes) {
    for (const input of inputs) if (!known.has(input)) problems.push(`${name} reads ${input}, which is not before it`);
    if (known.has(name)) problems.push(`there are two of ${name}`);
    known.add(name);
  }
  if (!graph.nodes.some(({ name }) => name === graph.output)) problems.push(`the output ${graph.output} is no node`);
  return problems;
}

function checkNode(graph: Graph, { kind, name, inputs, attributes }: Node, registry: LayerRegistry): string[] {
  const layer = registry.get(kind);
  if (!layer) return [`${name} is of the unknown kind ${kind}`];
  const problems: string[] = [];
  const [least, most] = layer.arity;
  if (inputs.length < least || inputs.length > most) problems.push(`${name} has ${inputs.length} inputs`);
  if (!z.safeEncode(layer.attributes, attributes).success) problems.push(`${name} has wrong attributes`);
  for (const tensor of Object.values(layer.parameters(attributes)))
    if (tensor !== undefined && !graph.parameters.has(tensor)) problems.push(`${name} names no tensor ${tensor}`);
  return problems;
}

/** The streams are what the layers infer, and there are no others. */
function checkStreams(graph: Graph, registry: LayerRegistry): string[] {
  const problems: string[] = [];
  const inferred = inferStreams(graph, registry, (diagnostic) => problems.push(formatDiagnostic(diagnostic)));
  const show = (stream: Stream | undefined) => (stream ? printStream(stream) : "nothing");
  for (const name of new Set([...inferred.keys(), ...graph.streams.keys()])) {
    const [expected, actual] = [show(inferred.get(name)), show(graph.streams.get(name))];
    if (expected !== actual) problems.push(`${name} is ${actual} and should be ${expected}`);
  }
  return problems;
}
