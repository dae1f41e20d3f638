/**
 * Makes types and casts as small as the values that can come about, from the input's type on: fewer bits, and no saturation,
 * wrapping or rounding where it never matters. Every value stays the same, at the same fraction.
 *
 *     x: ap_uint<4>                                                     x: ap_uint<4>
 *     a = relu(x) type=ap_fixed<16,12,AP_RND,AP_SAT>: ap_fixed<16,12> -> a = relu(x) type=ap_ufixed<8,4>: ap_ufixed<8,4>
 *
 * The type of the output port stays. Where a reader would not take the smaller type (a concat of two types, a code of two bits),
 * only the modes change.
 */
import type { Graph, Node, Stream } from "../ir/graph.ts";
import { contextOf, layerOf } from "../ir/infer.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import { printStream } from "../ir/print.ts";
import type { Range } from "../ir/range.ts";
import { fullRange } from "../ir/range.ts";

export function narrow(graph: Graph, registry: LayerRegistry): Graph {
  return new Narrowing(graph, registry).result();
}

type Streams = ReadonlyMap<string, Stream>;

class Narrowing {
  private readonly graph: Graph;
  private readonly registry: LayerRegistry;
  private readonly streams: Map<string, Stream>;
  private readonly ranges = new Map<string, Range>();

  constructor(graph: Graph, registry: LayerRegistry) {
    this.graph = graph;
    this.registry = registry;
    this.streams = new Map(graph.streams);
    const { name, type, shape } = graph.input;
    this.ranges.set(name, fullRange(type, shape[0]));
  }

  result(): Graph {
    const nodes = this.graph.nodes.map((node, i) => this.narrowed(node, this.graph.nodes.slice(i + 1)));
    return { ...this.graph, nodes, streams: this.streams };
  }

  private narrowed(node: Node, later: readonly Node[]): Node {
    const inputs = node.inputs.map((input) => this.ranges.get(input) as Range);
    const smaller = this.candidate(node, inputs, node.name === this.graph.output);
    const taken = this.fits(smaller, later) ?? this.fits(this.candidate(node, inputs, true), later);
    const [chosen, changes] = taken ?? [node, new Map<string, Stream>()];
    for (const [name, stream] of changes) this.streams.set(name, stream);
    const output = this.streams.get(node.name) as Stream;
    this.ranges.set(node.name, layerOf(this.registry, node).range(this.contextOf(chosen), output, inputs));
    return chosen;
  }

  private candidate(node: Node, inputs: readonly Range[], keepType: boolean): Node | undefined {
    const attributes = layerOf(this.registry, node).narrowed?.(this.contextOf(node), inputs, keepType);
    // Large sums take long to infer: what stays as it is need not be asked again.
    return attributes && attributes !== node.attributes ? Object.freeze({ ...node, attributes }) : undefined;
  }

  private contextOf(node: Node, streams: Streams = this.streams) {
    const context = contextOf(this.graph, node, streams);
    if (!context) throw new Error(`node ${node.name} has no stream`);
    return context;
  }

  /** The node with all streams that change by it; undefined if one of them may not. */
  private fits(node: Node | undefined, later: readonly Node[]): [Node, Streams] | undefined {
    if (!node) return undefined;
    const streams = new Map(this.streams);
    const changes = new Map<string, Stream>();
    for (const next of [node, ...later]) {
      if (next !== node && !next.inputs.some((input) => changes.has(input))) continue;
      const stream = this.infer(next, streams);
      if (!stream) return undefined;
      if (printStream(stream) === printStream(streams.get(next.name) as Stream)) continue;
      if (next.name === this.graph.output) return undefined;
      changes.set(next.name, stream);
      streams.set(next.name, stream);
    }
    return [node, changes];
  }

  private infer(node: Node, streams: Streams): Stream | undefined {
    let sound = true;
    const stream = layerOf(this.registry, node).infer(this.contextOf(node, streams), () => {
      sound = false;
    });
    return sound ? stream : undefined;
  }
}
