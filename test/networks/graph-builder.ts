/** Builds graphs in tests: nodes with attributes as model.json has them, tensors with reproducible arbitrary values. */
import { BIPOLAR, fixed } from "../../src/ir/data-type.ts";
import type { Graph, Node, Stream } from "../../src/ir/graph.ts";
import { typed } from "../../src/ir/infer.ts";
import type { LayerRegistry } from "../../src/ir/layer.ts";
import type { Parameter } from "../../src/ir/parameter.ts";
import { layers } from "../../src/layers/index.ts";
import { lehmer } from "./lehmer.ts";

const WEIGHT = fixed(true, 12, 8);

export class GraphBuilder {
  private readonly name: string;
  private readonly input: { readonly name: string } & Stream;
  private readonly nodes: Node[] = [];
  private readonly parameters = new Map<string, Parameter>();
  private readonly next = lehmer(1);

  constructor(name: string, input: { readonly name: string } & Stream) {
    this.name = name;
    this.input = input;
  }

  node(kind: string, name: string, inputs: readonly string[], attributes: object): string {
    const layer = layers.get(kind);
    if (!layer) throw new Error(`no layer of kind ${kind}`);
    this.nodes.push({ kind, name, inputs, attributes: layer.attributes.parse(attributes) });
    return name;
  }

  tensor(parameter: Parameter): string {
    const name = `t${this.parameters.size}`;
    this.parameters.set(name, parameter);
    return name;
  }

  bipolar(shape: readonly number[]): string {
    const data = Uint8Array.from({ length: product(shape) }, () => this.random(0, 1));
    return this.tensor({ encoding: "bipolar", shape, type: BIPOLAR, data });
  }

  /** Raws of `ap_fixed<12,4>`. */
  fixed(shape: readonly number[], low = -512, high = 511): string {
    const data = Int16Array.from({ length: product(shape) }, () => this.random(low, high));
    return this.tensor({ encoding: "fixed", shape, type: WEIGHT, data });
  }

  /** One raw of `ap_fixed<12,4>` for all channels. */
  constant(raw: number): string {
    return this.tensor({ encoding: "fixed", shape: [1], type: WEIGHT, data: Int16Array.of(raw) });
  }

  graph(output: string, registry: LayerRegistry): Graph {
    const { name, input, nodes, parameters } = this;
    return typed({ name, input, nodes, output, parameters }, registry);
  }

  private random(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
