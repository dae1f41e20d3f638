import { inputOf } from "../../ir/checks.ts";
import { convolutionWindow } from "../../ir/convolution.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import type { Sums } from "../../ir/sums.ts";
import type { Windowing } from "../../ir/windowing.ts";
import { borders } from "../../ir/windowing.ts";
import type { Conv2d } from "./index.ts";

/**
 * What both back ends compute. Absent taps: a number is 0 there; a bipolar one is -1, and the sum starts from the weights that it
 * wrongly subtracts, or is a signed 0 where every product is rounded.
 */
export function convolutionSums(
  context: LayerContext<Conv2d>,
  { folding, output }: { folding: Folding; output: Stream },
): { sums: Sums; windowing: Windowing } {
  const { weight, bias, groups, padding, accumulator } = context.attributes;
  const input = inputOf(context);
  const window = convolutionWindow(context);
  const bipolar = input.type.kind === "bipolar";
  const lacksTaps = bipolar && padding.value === "absent";
  const signs = lacksTaps && accumulator !== undefined;
  const { simd } = folding;
  const bits = signs ? 2 : bitWidth(input.type);
  const fill = padding.value === "absent" ? 0n : paddingBits(padding.value, bits, bipolar);
  const sums = {
    name: context.name,
    weight: context.parameter(weight),
    bias: bias === undefined ? undefined : context.parameter(bias),
    accumulator,
    input,
    shape: {
      ...folding,
      outputs: output.shape[0],
      channels: input.shape[0] / groups,
      taps: window.kernel[0] * window.kernel[1],
    },
    groups,
    signs,
    borders: lacksTaps && !signs ? borders(input.shape, window) : undefined,
    kernel: window.kernel,
    bits: bitWidth(output.type),
    levels: input.levels,
  };
  return { sums, windowing: { input: input.shape, window, padding, groups, simd, bits, planes: 1, signs, fill } };
}

const paddingBits = (raw: number, bits: number, bipolar: boolean): bigint =>
  bipolar ? BigInt(raw > 0 ? 1 : 0) : BigInt.asUintN(bits, BigInt(raw));
