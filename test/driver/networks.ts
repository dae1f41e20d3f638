/** Small networks whose ports have every kind of element and container. */
import type { DataType } from "../../src/ir/data-type.ts";
import { BIPOLAR, fixed, unsignedInteger } from "../../src/ir/data-type.ts";
import type { Graph } from "../../src/ir/graph.ts";
import type { Shape } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { withReloadableWeights } from "../../src/passes/reloadable.ts";
import { GraphBuilder } from "../networks/graph-builder.ts";

const input = (shape: Shape, type: DataType) => ({ name: "image", shape, type });

/** Bytes -> a vector, as most networks are. */
function classifier(): Graph {
  const build = new GraphBuilder("classifier", input([3, 5, 7], unsignedInteger(8)));
  build.node("conv2d", "conv", ["image"], { weight: build.fixed([4, 3, 3, 3]) });
  build.node("dense", "scores", ["conv"], { weight: build.fixed([10, 4 * 3 * 5], -3, 3) });
  return build.graph("scores", layers);
}

/** A map of elements as wide as `type`, with a fraction. */
function elementwise(name: string, type: DataType): Graph {
  const build = new GraphBuilder(name, input([2, 3, 3], type));
  build.node("add-constant", "shifted", ["image"], { constant: build.constant(77) });
  return build.graph("shifted", layers);
}

/** Single bits in and out. */
function bits(): Graph {
  const build = new GraphBuilder("bits", input([5, 1, 3], BIPOLAR));
  build.node("conv2d", "conv", ["image"], { weight: build.bipolar([4, 5, 1, 1]) });
  build.node("quantize", "sign", ["conv"], { type: "bipolar" });
  return build.graph("sign", layers);
}

/** Weights of each encoding, in memories that can be loaded, and sums that start from what padded taps lack. */
function reloadable(): Graph {
  const build = new GraphBuilder("reloadable", input([4, 4, 4], BIPOLAR));
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
  const [bias, table] = [build.fixed([6]), [-7n, 0n, 2n, 300n]];
  const indices = Uint8Array.from({ length: 96 }, (_, i) => (i * i) % 4);
  const trits = Int8Array.from({ length: 216 }, (_, i) => ((i * i + i) % 3) - 1);
  const codebook = { encoding: "codebook", shape: [1, 96], type: fixed(true, 12, 3), data: indices, table } as const;
  const ternary = { encoding: "ternary", shape: [6, 4, 3, 3], type: fixed(true, 2, 0), data: trits } as const;
  build.node("conv2d", "conv", ["image"], { weight: build.tensor(ternary), bias, padding });
  build.node("quantize", "sign", ["conv"], { type: "bipolar" });
  build.node("conv2d", "bits", ["sign"], { weight: build.bipolar([6, 6, 3, 3]), padding });
  build.node("dense", "score", ["bits"], { weight: build.tensor(codebook) });
  return withReloadableWeights(build.graph("score", layers), layers);
}

const graphs: readonly Graph[] = [
  classifier(),
  elementwise("signed_12", fixed(true, 12, 7)),
  elementwise("unsigned_30", fixed(false, 30, -2)),
  elementwise("signed_60", fixed(true, 60, 20)),
  bits(),
  reloadable(),
];

export const networks = [
  ...graphs.map((graph) => ({ name: graph.name, variant: "memory" as const, graph })),
  ...graphs.slice(0, 2).map((graph) => ({ name: graph.name, variant: "stream" as const, graph })),
];
