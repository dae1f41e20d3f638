import type { LayerContext } from "../../ir/layer.ts";
import { sumsFormat, sumsLines } from "../../ir/rtl/finish.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { loadableOf } from "../../ir/rtl/sums.ts";
import type { Dense } from "./index.ts";
import { denseSums } from "./sums.ts";

/** The matrix-vector unit alone: the input streams in as chunks of `simd` elements. */
export function rtl(context: LayerContext<Dense>, options: RtlOptions): RtlStage {
  const sums = denseSums(context, options);
  const loadable = loadableOf(sums, context.attributes.weight, sumsFormat(options.output));
  return { body: sumsLines(sums, "in0", options.output), loadable };
}
