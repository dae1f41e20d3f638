import { inputOf } from "../../ir/checks.ts";
import { numeric } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { averageLines } from "../../ir/rtl/average.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { windowLines } from "../../ir/rtl/window.ts";
import type { AveragePool } from "./index.ts";
import { averagePoolWindowing } from "./windowing.ts";

export function rtl(context: LayerContext<AveragePool>, { folding }: RtlOptions): RtlStage {
  const windowing = averagePoolWindowing(context, folding);
  const [height, width] = windowing.window.kernel;
  const averages = { pe: folding.pe, number: numeric(inputOf(context).type), taps: height * width, groups: 1 };
  return { body: [...windowLines(windowing), ...averageLines(averages, context.attributes, "window")] };
}
