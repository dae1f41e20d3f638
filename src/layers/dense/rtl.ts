import type { LayerContext } from "../../ir/layer.ts";
import { sumsLines } from "../../ir/rtl/finish.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import type { Dense } from "./index.ts";
import { denseSums } from "./sums.ts";

/** The matrix-vector unit alone: the input streams in as chunks of `simd` elements. */
export const rtl = (context: LayerContext<Dense>, options: RtlOptions): RtlStage => ({
  body: sumsLines(denseSums(context, options), "in0", options.output),
});
