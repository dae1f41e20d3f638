import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { matrixVectorNumbers, sumsProcess } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { Dense } from "./index.ts";

/** The matrix-vector unit alone: the input streams in as chunks of `simd` elements. */
export function hls(context: LayerContext<Dense>, options: HlsOptions): HlsStage {
  const { weight, bias, accumulator } = context.attributes;
  const input = inputOf(context);
  const [channels, height, width] = input.shape;
  const { pe, simd } = options.folding;
  const shape = { pe, simd, outputs: options.output.shape[0], channels, taps: height * width };
  const { words, ...sums } = sumsProcess(
    {
      name: context.name,
      weight: context.parameter(weight),
      bias: bias === undefined ? undefined : context.parameter(bias),
      accumulator,
      input,
      shape,
      groups: 1,
      signs: false,
      borders: undefined,
      kernel: [height, width],
    },
    options,
  );
  return { ...sums, shape: matrixVectorNumbers(shape, 1, simd * bitWidth(input.type), options.output, words) };
}
