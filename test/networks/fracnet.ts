/** A network of FracNet's form (FracBNN, FPGA 2021) with arbitrary parameters, for tests that need its shape and not its skill. */
import { unsignedInteger } from "../../src/ir/data-type.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { layers } from "../../src/layers/index.ts";
import { GraphBuilder } from "./graph-builder.ts";

const MAP = "ap_fixed<16,9,AP_RND,AP_SAT>";
const CODE = "ap_ufixed<2,2,AP_RND,AP_SAT>";
const SUM = "ap_fixed<32,10,AP_RND,AP_SAT>";
const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };

/** `size` is the height and width of the image (32 for CIFAR-10), `blocks` the stages of each width (6 in FracNet). */
export function fracnetLike(size = 32, blocks = 6): Graph {
  const build = new GraphBuilder("fracnet", { name: "image", shape: [3, size, size], type: unsignedInteger(8) });
  let x = build.node("thermometer", "encoded", ["image"], { levels: 32, step: 8 });
  x = build.node("conv2d", "conv1", [x], { weight: build.bipolar([16, 96, 3, 3]), padding });
  x = build.node("affine", "bn1", [x], { scale: build.fixed([16], 4, 11), bias: build.fixed([16]), type: MAP });
  let channels = 16;
  for (const [layer, outputs] of [16, 32, 64].entries())
    for (let block = 0; block < blocks; block++) {
      x = gatedBlock(build, `layer${layer + 1}_${block}`, x, channels, outputs);
      channels = outputs;
    }
  x = build.node("global-average-pool", "pool", [x], { accumulator: SUM, type: "ap_fixed<32,10,AP_TRN_ZERO>" });
  x = build.node("quantize", "pooled", [x], { type: MAP });
  const [weight, bias] = [build.fixed([10, channels]), build.fixed([10])];
  x = build.node("dense", "linear", [x], { weight, bias, accumulator: MAP });
  return build.graph(x, layers);
}

function gatedBlock(build: GraphBuilder, name: string, x: string, channels: number, outputs: number): string {
  const node = (kind: string, part: string, inputs: string[], attributes: object) =>
    build.node(kind, `${name}_${part}`, inputs, attributes);
  const stride = outputs === channels ? 1 : 2;
  const scale = build.constant(384);
  const codes = node("affine", "code", [x], { scale, bias: scale, type: CODE });
  const weight = build.bipolar([outputs, channels, 3, 3]);
  const [highScale, lowScale, threshold] = [build.constant(171), build.constant(85), build.fixed([outputs], 300, 770)];
  let y = node("gated-conv2d", "conv", [codes], {
    ...{ weight, threshold, highScale, lowScale, padding },
    stride: [stride, stride],
    type: MAP,
  });
  y = node("affine", "bn_a", [y], { scale: build.fixed([outputs], 4, 55), bias: build.fixed([outputs]), type: MAP });
  y = node("add-constant", "shift_x", [y], { constant: build.fixed([outputs]), type: MAP });
  y = node("prelu", "prelu", [y], { slope: build.fixed([outputs], -250, 210), type: MAP });
  y = node("add-constant", "shift_y", [y], { constant: build.fixed([outputs]), type: MAP });
  const short = stride === 1 ? x : shortcut(node, x);
  const sum = node("add", "sum", [short, y], { type: "ap_fixed<16,9,AP_TRN,AP_SAT>" });
  return node("affine", "bn_b", [sum], {
    scale: build.fixed([outputs], 66, 1090),
    bias: build.fixed([outputs]),
    type: MAP,
  });
}

function shortcut(node: (kind: string, part: string, inputs: string[], attributes: object) => string, x: string) {
  const half = node("average-pool", "half", [x], {
    ...{ kernel: [2, 2], stride: [2, 2] },
    accumulator: MAP,
    type: "ap_fixed<16,9,AP_TRN_ZERO,AP_SAT>",
  });
  return node("concat", "twice", [half, half], {});
}
