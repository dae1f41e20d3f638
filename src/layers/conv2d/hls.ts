import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { matrixVectorNumbers, sumsProcess, windowedStage } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { Conv2d } from "./index.ts";
import { convolutionSums } from "./sums.ts";

/** Sliding window -> matrix-vector unit. */
export function hls(context: LayerContext<Conv2d>, options: HlsOptions): HlsStage {
  const { sums, windowing } = convolutionSums(context, options);
  const process = sumsProcess(sums, options);
  const chunkBits = windowing.simd * windowing.bits;
  const numbers = matrixVectorNumbers(sums.shape, sums.groups, chunkBits, options.output, process.words);
  return windowedStage(windowing, process, numbers);
}
