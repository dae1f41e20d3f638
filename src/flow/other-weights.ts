/** The weights of another model, for a design that loads them. */
import { isLoadable } from "../codegen/rtl/loading.ts";
import { DiagnosticError, notReloadable, otherNetwork } from "../diagnostics.ts";
import { formatType } from "../ir/data-type.ts";
import type { Graph } from "../ir/graph.ts";
import type { Parameter } from "../ir/parameter.ts";
import { printNode, printStream } from "../ir/print.ts";
import { layers } from "../layers/index.ts";
import { withWeightsOf } from "../passes/reloadable.ts";

/** The graph with the weights of `other`, which comes from `file`. Throws a DiagnosticError if more than the weights differs, or none can be loaded. */
export function otherWeights(graph: Graph, other: Graph, file: string): Graph {
  if (!isLoadable(graph)) throw new DiagnosticError([notReloadable(file)]);
  const [first, second] = [graph, other].map((network) => fixedParts(graph, network)) as [Facts, Facts];
  const difference =
    [...first].find(([name, text]) => second.get(name) !== text) ?? [...second].find(([name]) => !first.has(name));
  if (difference) throw new DiagnosticError([otherNetwork(file, difference[0])]);
  return withWeightsOf(graph, other);
}

/** What stands for each part of a network by its name, but for the weights that `graph` can load. */
type Facts = ReadonlyMap<string, string>;

function fixedParts(graph: Graph, { input, nodes, output, parameters }: Graph): Facts {
  const tensor = (name: string, { encoding, shape, type, data, table }: Parameter) => {
    const raws = graph.parameters.get(name)?.reloadable ? [] : [`${data}`, `${table}`];
    return [`tensor ${name}`, [encoding, formatType(type), `${shape}`, ...raws].join(" ")] as const;
  };
  return new Map([
    ["the input", `${input.name} ${printStream(input)}`],
    ["the output", output],
    ...nodes.map((node) => [`node ${node.name}`, printNode(node, layers)] as const),
    ...[...parameters].map(([name, parameter]) => tensor(name, parameter)),
  ]);
}
