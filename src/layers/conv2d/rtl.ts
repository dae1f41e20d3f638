import type { LayerContext } from "../../ir/layer.ts";
import { sumsLines } from "../../ir/rtl/finish.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { windowLines } from "../../ir/rtl/window.ts";
import type { Conv2d } from "./index.ts";
import { convolutionSums } from "./sums.ts";

/** Sliding window -> matrix-vector unit. */
export function rtl(context: LayerContext<Conv2d>, options: RtlOptions): RtlStage {
  const { sums, windowing } = convolutionSums(context, options);
  return { body: [...windowLines(windowing, options.folding.blockRam), ...sumsLines(sums, "window", options.output)] };
}
