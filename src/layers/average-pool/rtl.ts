import { inputOf } from "../../ir/checks.ts";
import { numeric } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { averageLines, tiledAverageLines } from "../../ir/rtl/average.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { slidingTaps } from "../../ir/rtl/tiling.ts";
import { windowLines } from "../../ir/rtl/window.ts";
import { tiles } from "../../ir/window.ts";
import type { AveragePool } from "./index.ts";
import { averagePoolWindowing, windowOf } from "./windowing.ts";

export function rtl(context: LayerContext<AveragePool>, { folding }: RtlOptions): RtlStage {
  const { attributes } = context;
  const input = inputOf(context);
  if (tiles(input.shape, windowOf(context)))
    return { body: tiledAverageLines(input, attributes.kernel, folding.pe, attributes) };
  const averages = { ...slidingTaps(input.shape, attributes.kernel, folding.pe), number: numeric(input.type) };
  return {
    body: [...windowLines(averagePoolWindowing(context, folding)), ...averageLines(averages, attributes, "window")],
  };
}
