/** A small float model: sums that elementwise layers round, sums that none does, a pool between, and a concat. */
import { Random } from "../properties/random-numbers.ts";
import type { Json } from "./mutate-json.ts";

const node = (name: string, kind: string, inputs: string[], attributes: Json = {}): Json => ({
  name,
  kind,
  inputs,
  attributes,
});

const random = new Random(7);
const float = (shape: number[], from: number, to: number): Json => {
  const length = shape.reduce((product, size) => product * size);
  return {
    encoding: "float",
    shape,
    data: Array.from({ length }, () => from + ((to - from) * random.below(65536)) / 65536),
  };
};

const padding = { top: 1, left: 1, bottom: 1, right: 1 };

export const FLOAT_MODEL: Json = {
  format: "bitloom",
  version: 1,
  name: "trained",
  input: { name: "image", shape: [1, 6, 6], type: "ap_ufixed<8,0>" },
  nodes: [
    node("edges", "conv2d", ["image"], { weight: "edges.weight", padding }),
    node("norm", "affine", ["edges"], { scale: "norm.scale", bias: "norm.bias" }),
    node("active", "relu", ["norm"]),
    node("left", "conv2d", ["active"], { weight: "left.weight", padding }),
    node("peak", "max-pool", ["left"], { kernel: [2, 2], stride: [2, 2] }),
    node("bent", "prelu", ["peak"], { slope: "slope" }),
    node("right", "conv2d", ["active"], { weight: "right.weight", stride: [2, 2] }),
    node("both", "concat", ["bent", "right"]),
    node("mean", "global-average-pool", ["both"]),
    node("scores", "dense", ["mean"], { weight: "scores.weight", bias: "scores.bias" }),
  ],
  output: "scores",
  tensors: {
    "edges.weight": float([3, 1, 3, 3], -1, 1),
    "norm.scale": float([3], 0.5, 2),
    "norm.bias": float([3], -1, 1),
    "left.weight": float([2, 3, 3, 3], -1, 1),
    slope: float([1], 0.1, 0.3),
    "right.weight": float([2, 3, 2, 2], -1, 1),
    "scores.weight": float([3, 4], -1, 1),
    "scores.bias": float([3], -1, 1),
  },
};

/** The same in every test. */
export function floatImages(count: number) {
  const pixels = new Random(8);
  const data = Uint8Array.from({ length: count * 36 }, () => pixels.below(256));
  return { shape: [count, 1, 6, 6], dtype: "uint8" as const, data };
}
