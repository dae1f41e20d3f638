/** What becomes one stage: a node, or elementwise nodes that are computed together. */
import { allParts, counter } from "../ir/cost.ts";
import type { Graph, Node } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Hardware } from "../ir/hardware.ts";
import { memoize } from "../ir/hardware.ts";
import { contextOf, layerOf } from "../ir/infer.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import { elementwiseChain } from "../ir/rtl/chain.ts";
import type { ElementwiseChain } from "../ir/rtl/elementwise.ts";
import { elementwiseLanes, lanesParts } from "../ir/rtl/elementwise.ts";

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

/** Of the nodes of a unit. */
export function hardwareOf(graph: Graph, registry: LayerRegistry, nodes: readonly Node[]): Hardware {
  const [first] = nodes as readonly [Node];
  const hardware = nodeHardware(graph, registry, first);
  if (!isElementwise(registry, first)) return hardware;
  return fused(hardware, elementwiseChain(graph, registry, unitOf(nodes, registry)));
}

function nodeHardware(graph: Graph, registry: LayerRegistry, node: Node): Hardware {
  const context = contextOf(graph, node, graph.streams);
  if (!context) throw new Error(`node ${node.name} has no stream`);
  return layerOf(registry, node).hardware(context, streamOf(graph, node.name));
}

/** Elementwise nodes in a row, of which `first` is the first one: all take the same beats, through one pipeline. */
function fused(first: Hardware, chain: ElementwiseChain): Hardware {
  const lanes = memoize((pe: number) =>
    lanesParts(pe, chain.channels / pe, (some) => elementwiseLanes(chain, pe, some)),
  );
  return {
    ...first,
    lanes(folding) {
      const { output } = first.lanes(folding);
      return { inputs: chain.inputs.map(() => output), output };
    },
    parts: ({ pe }) => allParts([lanes(pe), { stage: 1 }, counter(chain.channels / pe)]),
    pace: ({ pe }) => ({ work: 1, latency: elementwiseLanes(chain, pe).depth }),
  };
}
