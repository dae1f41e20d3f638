import { inputOf } from "../../ir/checks.ts";
import { convolutionWindow } from "../../ir/convolution.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { matrixVectorNumbers, sumsProcess, windowedStage } from "../../ir/hls/sums.ts";
import { borders } from "../../ir/hls/window.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { Conv2d } from "./index.ts";

/**
 * Sliding window -> matrix-vector unit. Absent taps: a number is 0 there; a bipolar one is -1, and the sum starts from the weights that it
 * wrongly subtracts, or is a signed 0 where every product is rounded.
 */
export function hls(context: LayerContext<Conv2d>, options: HlsOptions): HlsStage {
  const { weight: weightName, bias, groups, padding, accumulator } = context.attributes;
  const input = inputOf(context);
  const weight = context.parameter(weightName);
  const window = convolutionWindow(context);
  const bipolar = input.type.kind === "bipolar";
  const lacksTaps = bipolar && padding.value === "absent";
  const signs = lacksTaps && accumulator !== undefined;
  const { pe, simd } = options.folding;
  const shape = {
    pe,
    simd,
    outputs: options.output.shape[0],
    channels: input.shape[0] / groups,
    taps: window.kernel[0] * window.kernel[1],
  };
  const sums = sumsProcess(
    {
      name: context.name,
      weight,
      bias: bias === undefined ? undefined : context.parameter(bias),
      accumulator,
      input,
      shape,
      groups,
      signs,
      borders: lacksTaps && !signs ? borders(input.shape, window) : undefined,
      kernel: window.kernel,
    },
    options,
  );
  const bits = signs ? 2 : bitWidth(input.type);
  const numbers = matrixVectorNumbers(shape, groups, simd * bits, options.output, sums.words);
  const fill = padding.value === "absent" ? 0n : paddingBits(padding.value, bits, bipolar);
  return windowedStage(
    { input: input.shape, window, padding, groups, simd, bits, planes: 1, signs, fill },
    sums,
    numbers,
  );
}

const paddingBits = (raw: number, bits: number, bipolar: boolean): bigint =>
  bipolar ? BigInt(raw > 0 ? 1 : 0) : BigInt.asUintN(bits, BigInt(raw));
