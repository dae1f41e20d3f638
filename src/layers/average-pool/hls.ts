import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import { averageUnit } from "../../ir/hls/average.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { windowedStage } from "../../ir/hls/sums.ts";
import { tiledPoolStage } from "../../ir/hls/tiled-pool.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { tiles } from "../../ir/window.ts";
import type { AveragePool } from "./index.ts";
import { averagePoolWindowing, windowOf } from "./windowing.ts";

export function hls(context: LayerContext<AveragePool>, { folding, output }: HlsOptions): HlsStage {
  const { attributes } = context;
  const [input, window] = [inputOf(context), windowOf(context)];
  const taps = window.kernel[0] * window.kernel[1];
  const unit = (signs: boolean) => averageUnit(input.type, signs, taps, attributes);
  if (tiles(input.shape, window))
    return tiledPoolStage(input, { kernel: window.kernel, pe: folding.pe, output }, ["average.hpp"], unit(false));
  const windowing = averagePoolWindowing(context, folding);
  const { groups, signs } = windowing;
  return windowedStage(
    windowing,
    {
      headers: ["average_pool.hpp"],
      tables: [],
      unit: unit(signs),
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
