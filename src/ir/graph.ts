/** A network: nodes in topological order, one typed stream per edge. docs/ir.md §3. */
import type { DataType } from "./data-type.ts";
import type { Parameter } from "./parameter.ts";
import type { Shape } from "./tensor.ts";

export type Attributes = Readonly<Record<string, unknown>>;

export interface Node {
  readonly kind: string;
  readonly name: string;
  /** Names of nodes or of the graph's input. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

/** What flows along an edge. */
export interface Stream {
  readonly shape: Shape;
  readonly type: DataType;
  /** Of bipolar channels that are a thermometer code so many are one number: of these the first are +1, the others -1. */
  readonly levels?: number;
}

export interface Graph {
  readonly name: string;
  readonly input: { readonly name: string } & Stream;
  readonly nodes: readonly Node[];
  /** Name of the node whose stream leaves the accelerator. */
  readonly output: string;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** By the name of the producer (a node or the input). */
  readonly streams: ReadonlyMap<string, Stream>;
}

/** A graph whose streams are not known yet. */
export type UntypedGraph = Omit<Graph, "streams">;

export function streamOf(graph: Graph, name: string): Stream {
  const stream = graph.streams.get(name);
  if (!stream) throw new Error(`graph ${graph.name} has no stream ${name}`);
  return stream;
}

/** Nodes that read each stream, in order; a node that reads it twice stands there twice. */
export function consumers(graph: UntypedGraph): Map<string, Node[]> {
  const readers = new Map<string, Node[]>([[graph.input.name, []]]);
  for (const node of graph.nodes) {
    readers.set(node.name, []);
    for (const input of node.inputs) readers.get(input)?.push(node);
  }
  return readers;
}
