/** What becomes one stage: a node, or elementwise nodes that are computed together. */
import { allParts, counter } from "../ir/cost.ts";
import { bitWidth } from "../ir/data-type.ts";
import type { Graph, Node, Stream } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Hardware } from "../ir/hardware.ts";
import { contextOf, layerOf } from "../ir/infer.ts";
import type { Folding, LayerRegistry } from "../ir/layer.ts";
import { elementwiseChain } from "../ir/rtl/chain.ts";
import { elementwiseLanes } from "../ir/rtl/elementwise.ts";

export interface Unit {
  /** The name of its last node, whose stream leaves it. */
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Names of the streams that come from outside. */
  readonly inputs: readonly string[];
}

export const isElementwise = (registry: LayerRegistry, node: Node): boolean =>
  layerOf(registry, node).formula !== undefined;

/** An elementwise unit reads every stream once, however often its nodes name it; other nodes read each of their inputs. */
export function unitOf(nodes: readonly Node[], registry: LayerRegistry): Unit {
  const last = nodes.at(-1) as Node;
  const inside = new Set(nodes.map(({ name }) => name));
  const named = nodes.flatMap(({ inputs }) => inputs).filter((input) => !inside.has(input));
  return { name: last.name, nodes, inputs: isElementwise(registry, last) ? [...new Set(named)] : named };
}

export function hardwareOf(graph: Graph, registry: LayerRegistry, unit: Unit): Hardware {
  const nodes = unit.nodes.map((node) => nodeHardware(graph, registry, node));
  const [first] = nodes as [Hardware];
  const output = streamOf(graph, (unit.nodes.at(-1) as Node).name);
  if (!isElementwise(registry, unit.nodes[0] as Node)) return first;
  const chain = () => elementwiseChain(graph, registry, unit);
  const depth = ({ pe }: Folding) => elementwiseLanes(chain(), pe).depth;
  return fused(nodes, { inputs: unit.inputs.length, output, depth });
}

function nodeHardware(graph: Graph, registry: LayerRegistry, node: Node): Hardware {
  const context = contextOf(graph, node, graph.streams);
  if (!context) throw new Error(`node ${node.name} has no stream`);
  return layerOf(registry, node).hardware(context, streamOf(graph, node.name));
}

interface Chain {
  readonly inputs: number;
  readonly output: Stream;
  depth(folding: Folding): number;
}

/** Elementwise nodes in a row: all take the same beats, through one pipeline. */
function fused(nodes: readonly Hardware[], { inputs, output: { shape, type }, depth }: Chain): Hardware {
  const first = nodes[0] as Hardware;
  return {
    foldings: first.foldings,
    lanes(folding) {
      const { output } = first.lanes(folding);
      return { inputs: new Array<number>(inputs).fill(output), output };
    },
    cycles: (folding) => first.cycles(folding),
    parts: (folding) =>
      allParts([
        ...nodes.map((node) => node.parts(folding)),
        { stage: 1, register: folding.pe * bitWidth(type) },
        counter(shape[0] / folding.pe),
      ]),
    required: (folding) => first.required(folding),
    pace: (folding) => ({ work: 1, latency: depth(folding) }),
  };
}
