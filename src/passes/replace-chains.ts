/** Puts one node in the place of elementwise nodes in a row, where that is cheaper. */
import { costOf } from "../ir/cost.ts";
import type { Attributes, Graph, Node } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Chain } from "./chains.ts";
import { chainsOf, inputOfChain } from "./chains.ts";
import { prune } from "./prune.ts";
import { hardwareOf } from "./unit.ts";

/** A node of one tensor, whose name ends in the suffix. */
export interface Replacement {
  readonly kind: string;
  readonly suffix: string;
  readonly parameter: Parameter;
  attributes(tensor: string): Attributes;
}

/** `propose` gives what computes the same as the chain, if it knows something. The longest chains are tried before their parts. */
export function replaceChains(
  graph: Graph,
  registry: LayerRegistry,
  propose: (chain: Chain) => Replacement | undefined,
): Graph {
  let current = graph;
  const chains = chainsOf(graph, registry);
  for (const node of graph.nodes.toReversed()) {
    const chain = current.nodes.includes(node) ? (chains.get(node.name) ?? []) : [];
    for (let start = 0; start < chain.length; start++) {
      const part = chain.slice(start);
      const proposal = propose(part);
      const changed = proposal && withReplacement(current, part, proposal);
      if (!changed || !isCheaper(current, part, changed, registry)) continue;
      current = changed;
      break;
    }
  }
  return current === graph ? graph : prune(current, registry);
}

function withReplacement(graph: Graph, chain: Chain, { kind, suffix, parameter, attributes }: Replacement): Graph {
  const last = chain.at(-1) as Node;
  const tensor = freeName(graph, `${last.name}_${suffix}`);
  const node: Node = { kind, name: last.name, inputs: [inputOfChain(chain)], attributes: attributes(tensor) };
  const gone = new Set(chain.slice(0, -1).map(({ name }) => name));
  return {
    ...graph,
    nodes: graph.nodes.filter(({ name }) => !gone.has(name)).map((other) => (other === last ? node : other)),
    parameters: new Map([...graph.parameters, [tensor, parameter]]),
    streams: new Map([...graph.streams].filter(([name]) => !gone.has(name))),
  };
}

function freeName(graph: Graph, base: string): string {
  let name = base;
  for (let i = 2; graph.parameters.has(name); i++) name = `${base}_${i}`;
  return name;
}

/** By the LUTs of the smallest stage. */
function isCheaper(graph: Graph, chain: Chain, changed: Graph, registry: LayerRegistry): boolean {
  const last = chain.at(-1) as Node;
  const node = changed.nodes.find(({ name }) => name === last.name) as Node;
  return lutOf(changed, [node], registry) < lutOf(graph, chain, registry);
}

function lutOf(graph: Graph, nodes: Chain, registry: LayerRegistry): number {
  const hardware = hardwareOf(graph, registry, nodes);
  const [smallest] = hardware.foldings;
  return smallest ? costOf(hardware, smallest).lut : 0;
}
