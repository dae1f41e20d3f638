import { bitWidth } from "../../ir/data-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { matrixVectorNumbers, sumsProcess } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { Dense } from "./index.ts";
import { denseSums } from "./sums.ts";

/** The matrix-vector unit alone: the input streams in as chunks of `simd` elements. */
export function hls(context: LayerContext<Dense>, options: HlsOptions): HlsStage {
  const sums = denseSums(context, options);
  const { words, ...process } = sumsProcess(sums, options);
  const { input, shape } = sums;
  return {
    ...process,
    shape: matrixVectorNumbers(shape, 1, shape.simd * bitWidth(input.type), options.output, words),
  };
}
