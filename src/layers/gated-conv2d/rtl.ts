import type { LayerContext } from "../../ir/layer.ts";
import { finishLines } from "../../ir/rtl/finish.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { loadableOf, matrixVector } from "../../ir/rtl/sums.ts";
import { windowLines } from "../../ir/rtl/window.ts";
import { gatedLanes, sumsFormat } from "./finish.ts";
import type { GatedConv2d } from "./index.ts";
import { gatedSums } from "./sums.ts";

/** Both planes of bits go through one matrix-vector unit, at once or one after the other (sums-unit.ts). */
export function rtl(context: LayerContext<GatedConv2d>, options: RtlOptions): RtlStage {
  const { sums, windowing } = gatedSums(context, options);
  const format = sumsFormat(sums);
  return {
    loadable: loadableOf(sums, context.attributes.weight, format),
    body: [
      ...windowLines(windowing, !!options.folding.blockRam),
      ...matrixVector(sums, "window", options.output, format),
      ...finishLines(gatedLanes(context, options)),
    ],
  };
}
