import { inputOf } from "../../ir/checks.ts";
import { rawType } from "../../ir/hls/cpp-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { windowedStage } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { MaxPool } from "./index.ts";
import { maxPoolWindowing } from "./windowing.ts";

export function hls(context: LayerContext<MaxPool>, { folding }: HlsOptions): HlsStage {
  const windowing = maxPoolWindowing(context, folding);
  const { output, kernel } = windowing.window;
  const { type } = inputOf(context);
  return windowedStage(
    windowing,
    {
      headers: ["max_pool.hpp"],
      tables: [],
      processes: [
        { name: "maximum", body: `bitloom::max_pool<shape, ${rawType(type)}>(in0, out, frames);`, tables: [] },
      ],
    },
    { outputs: output[0] * output[1] * windowing.groups, taps: kernel[0] * kernel[1], pe: folding.pe },
  );
}
