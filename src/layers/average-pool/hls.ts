import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import { averageUnit } from "../../ir/hls/average.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { windowedStage } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { AveragePool } from "./index.ts";
import { averagePoolWindowing } from "./windowing.ts";

export function hls(context: LayerContext<AveragePool>, { folding, output }: HlsOptions): HlsStage {
  const windowing = averagePoolWindowing(context, folding);
  const { window, groups, signs } = windowing;
  const taps = window.kernel[0] * window.kernel[1];
  return windowedStage(
    windowing,
    {
      headers: ["average_pool.hpp"],
      tables: [],
      unit: averageUnit(inputOf(context).type, signs, taps, context.attributes),
      processes: [{ name: "average", body: "bitloom::average_pool<shape, unit>(in0, out, frames);", tables: [] }],
    },
    {
      outputs: window.output[0] * window.output[1] * groups,
      taps,
      pe: folding.pe,
      out_bits: bitWidth(output.type),
    },
  );
}
