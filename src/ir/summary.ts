/** A graph in a few words. */
import { formatType } from "./data-type.ts";
import type { Graph } from "./graph.ts";
import { streamOf } from "./graph.ts";
import { formatShape } from "./tensor.ts";

interface StreamSummary {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
}

export interface GraphSummary {
  readonly name: string;
  readonly nodes: number;
  /** Numbers in the model's tensors. */
  readonly parameters: number;
  readonly input: StreamSummary;
  readonly output: StreamSummary;
}

export function summarize(graph: Graph): GraphSummary {
  const stream = (name: string): StreamSummary => {
    const { shape, type } = streamOf(graph, name);
    return { name, shape, type: formatType(type) };
  };
  return {
    name: graph.name,
    nodes: graph.nodes.length,
    parameters: [...graph.parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
    input: stream(graph.input.name),
    output: stream(graph.output),
  };
}

export function summaryText(graph: Graph): string {
  const { name, nodes, parameters, input, output } = summarize(graph);
  const line = (stream: StreamSummary) => `${stream.name} ${formatShape(stream.shape)} ${stream.type}`;
  return `${name}: ${nodes} nodes, ${parameters.toLocaleString("en")} parameters
  input  ${line(input)}
  output ${line(output)}`;
}
