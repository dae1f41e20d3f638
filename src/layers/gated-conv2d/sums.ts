import { inputOf } from "../../ir/checks.ts";
import { convolutionWindow } from "../../ir/convolution.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import type { Sums } from "../../ir/sums.ts";
import type { Windowing } from "../../ir/windowing.ts";
import { borders } from "../../ir/windowing.ts";
import type { GatedConv2d } from "./index.ts";

/** What both back ends compute for each of the two planes of bits. */
export function gatedSums(
  context: LayerContext<GatedConv2d>,
  { folding, output }: { folding: Folding; output: Stream },
): { sums: Sums; windowing: Windowing } {
  const { groups, padding, weight } = context.attributes;
  const input = inputOf(context);
  const window = convolutionWindow(context);
  const taps = window.kernel[0] * window.kernel[1];
  const sums = {
    name: context.name,
    weight: context.parameter(weight),
    bias: undefined,
    accumulator: undefined,
    input,
    shape: { ...folding, outputs: output.shape[0], channels: input.shape[0] / groups, taps },
    groups,
    signs: false,
    borders: padding.value === "absent" ? borders(input.shape, window) : undefined,
    kernel: window.kernel,
  };
  const fill = padding.value === "absent" ? 0n : BigInt(padding.value);
  const { simd } = folding;
  return {
    sums,
    windowing: { input: input.shape, window, padding, groups, simd, bits: 2, planes: 2, signs: false, fill },
  };
}
