import type { LayerContext } from "../../ir/layer.ts";
import { sumsFormat, sumsLines } from "../../ir/rtl/finish.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { chunkFormat, loadableOf } from "../../ir/rtl/sums.ts";
import { chunkWindowLines } from "../../ir/rtl/window.ts";
import type { Conv2d } from "./index.ts";
import { convolutionSums } from "./sums.ts";

/** Sliding window -> matrix-vector unit. */
export function rtl(context: LayerContext<Conv2d>, options: RtlOptions): RtlStage {
  const { sums, windowing } = convolutionSums(context, options);
  const window = chunkWindowLines(windowing, chunkFormat(sums, 1), !!options.folding.blockRam);
  const loadable = loadableOf(sums, context.attributes.weight, sumsFormat(options.output));
  return { body: [...window, ...sumsLines(sums, "window", options.output)], loadable };
}
