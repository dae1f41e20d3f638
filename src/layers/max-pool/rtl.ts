import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import type { Tiling } from "../../ir/rtl/tiling.ts";
import { slidingTaps, tiledMap, tilingNumbers } from "../../ir/rtl/tiling.ts";
import { CLOCK, instance, streamPorts } from "../../ir/rtl/verilog.ts";
import { windowLines } from "../../ir/rtl/window.ts";
import { tiles } from "../../ir/window.ts";
import type { MaxPool } from "./index.ts";
import { maxPoolWindowing, windowOf } from "./windowing.ts";

export function rtl(context: LayerContext<MaxPool>, { folding }: RtlOptions): RtlStage {
  const { type, shape } = inputOf(context);
  const { kernel } = context.attributes;
  const maximum = (tiling: Tiling, from: string) =>
    instance(
      "max_pool",
      "maximum",
      { ...tilingNumbers(tiling), bits: bitWidth(type), is_signed: type.kind !== "bipolar" && type.signed },
      { ...CLOCK, ...streamPorts("in", from), ...streamPorts("out", "out") },
    );
  if (tiles(shape, windowOf(context))) return { body: maximum(tiledMap(shape, kernel, folding.pe), "in0") };
  const windowing = maxPoolWindowing(context, folding);
  return { body: [...windowLines(windowing), ...maximum(slidingTaps(shape, kernel, folding.pe), "window")] };
}
