import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import { averageUnit, tiledAverageStage } from "../../ir/hls/average.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { windowedStage } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { tiles } from "../../ir/window.ts";
import type { AveragePool } from "./index.ts";
import { averagePoolWindowing, windowOf } from "./windowing.ts";

export function hls(context: LayerContext<AveragePool>, { folding, output }: HlsOptions): HlsStage {
  const { attributes } = context;
  const [input, window] = [inputOf(context), windowOf(context)];
  if (tiles(input.shape, window)) return tiledAverageStage(input, attributes.kernel, folding.pe, attributes);
  const windowing = averagePoolWindowing(context, folding);
  const { groups, signs } = windowing;
  const taps = window.kernel[0] * window.kernel[1];
  return windowedStage(
    windowing,
    {
      headers: ["average_pool.hpp"],
      tables: [],
      unit: averageUnit(input.type, signs, taps, attributes),
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
