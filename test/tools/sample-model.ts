/** A small model with every layer kind, every encoding and every way to state data. */
import type { Json } from "./mutate-json.ts";

const cast = "ap_fixed<12,6,AP_RND,AP_SAT>";
const node = (name: string, kind: string, inputs: string[], attributes: Json = {}): Json => ({
  name,
  kind,
  inputs,
  attributes,
});
const count = (length: number, of: (i: number) => number): number[] => Array.from({ length }, (_, i) => of(i));
const padding = { top: 1, left: 1, bottom: 1, right: 1 };

export const SAMPLE_MODEL: Json = {
  format: "bitloom",
  version: 1,
  name: "sample",
  input: { name: "image", shape: [1, 6, 6], type: "ap_uint<8>" },
  nodes: [
    node("encode", "thermometer", ["image"], { levels: 4, step: 64 }),
    node("stem", "conv2d", ["encode"], { weight: "stem.weight", padding: { ...padding, value: -1 } }),
    node("norm", "affine", ["stem"], { scale: "norm.scale", bias: "norm.bias", type: cast }),
    node("code", "quantize", ["norm"], { thresholds: "code.thresholds", type: "ap_uint<2>" }),
    node("turned", "lookup", ["code"], { table: "turned.table", low: 0, type: "ap_uint<2>" }),
    node("gated", "gated-conv2d", ["turned"], {
      weight: "gated.weight",
      threshold: "gated.threshold",
      highScale: "high",
      lowScale: "low",
      padding: { ...padding, value: "absent" },
      type: cast,
    }),
    node("moved", "add-constant", ["gated"], { constant: "norm.bias", type: cast }),
    node("bent", "prelu", ["moved"], { slope: "bent.slope", type: cast }),
    node("joined", "add", ["norm", "bent"], { type: cast }),
    node("positive", "relu", ["joined"], { type: cast }),
    node("mean", "average-pool", ["positive"], { kernel: [2, 2], stride: [2, 2], accumulator: cast, type: cast }),
    node("peak", "max-pool", ["positive"], { kernel: [2, 2], stride: [2, 2] }),
    node("both", "concat", ["mean", "peak"]),
    node("mixed", "conv2d", ["both"], { weight: "mixed.weight", bias: "mixed.bias", groups: 2, accumulator: cast }),
    node("pooled", "global-average-pool", ["mixed"], { type: cast }),
    node("scores", "dense", ["pooled"], { weight: "scores.weight" }),
    node("winner", "argmax", ["scores"]),
  ],
  output: "winner",
  tensors: {
    "stem.weight": { encoding: "bipolar", shape: [2, 4, 3, 3], data: count(72, (i) => (i * 7) % 2) },
    "norm.scale": { encoding: "fixed", type: "ap_ufixed<8,0>", shape: [1], data: [12] },
    "norm.bias": { encoding: "fixed", type: "ap_fixed<8,4>", shape: [2], data: [-8, "24"] },
    "code.thresholds": {
      encoding: "fixed",
      type: cast.replace(",AP_RND,AP_SAT", ""),
      shape: [2, 3],
      data: [-64, 0, 64, -9, 0, 9],
    },
    "turned.table": { encoding: "fixed", type: "ap_uint<2>", shape: [4], data: [3, 0, 1, 2] },
    "gated.weight": { encoding: "bipolar", shape: [2, 2, 3, 3], data: { file: "sample.npz", key: "gated" } },
    "gated.threshold": {
      encoding: "fixed",
      type: "ap_int<12>",
      shape: [2],
      data: { file: "sample.safetensors", key: "threshold" },
    },
    high: { encoding: "fixed", type: "ap_fixed<12,4>", shape: [1], data: [171] },
    low: { encoding: "fixed", type: "ap_fixed<12,4>", shape: [1], data: [85] },
    "bent.slope": { encoding: "fixed", type: "ap_fixed<64,4>", shape: [2], data: ["-1152921504606846976", 3] },
    "mixed.weight": { encoding: "ternary", shape: [2, 2, 1, 1], data: [1, 0, -1, 1] },
    "mixed.bias": { encoding: "codebook", type: "ap_fixed<12,6>", table: [-2048, 0, 5], shape: [2], data: [2, 0] },
    "scores.weight": {
      encoding: "k-hot",
      terms: 2,
      type: "ap_fixed<6,2>",
      shape: [3, 2],
      data: [7, -8, 3, 0, 12, -31],
    },
  },
};

/** What its files hold. */
export const SAMPLE_ARRAYS = {
  gated: { shape: [2, 2, 3, 3], dtype: "bool", data: Uint8Array.from(count(36, (i) => (i * 5) % 2)) },
  threshold: { shape: [2], dtype: "int64", data: BigInt64Array.of(-3n, 700n) },
} as const;
