import { inputOf } from "../../ir/checks.ts";
import type { DataType } from "../../ir/data-type.ts";
import { bitWidth } from "../../ir/data-type.ts";
import { rawType } from "../../ir/hls/cpp-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { windowedStage } from "../../ir/hls/sums.ts";
import { tiledPoolStage } from "../../ir/hls/tiled-pool.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { tiles } from "../../ir/window.ts";
import type { MaxPool } from "./index.ts";
import { maxPoolWindowing, windowOf } from "./windowing.ts";

export function hls(context: LayerContext<MaxPool>, options: HlsOptions): HlsStage {
  const input = inputOf(context);
  const { type } = input;
  const { folding } = options;
  const window = windowOf(context);
  const { output, kernel } = window;
  if (tiles(input.shape, window))
    return tiledPoolStage(input, { kernel, pe: folding.pe, output: options.output }, [], maximumUnit(type));
  const windowing = maxPoolWindowing(context, folding);
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

function maximumUnit(type: DataType): string[] {
  const bits = bitWidth(type);
  return [
    `typedef ${rawType(type)} accumulator;`,
    `static accumulator fold(const bool first, const accumulator& before, const ap_uint<${bits}>& bits) {`,
    "  BITLOOM_HLS(INLINE)",
    "  const accumulator element = bits;",
    "  return first || element > before ? element : before;",
    "}",
    `static ap_uint<${bits}> finish(const accumulator& largest) {`,
    "  BITLOOM_HLS(INLINE)",
    "  return largest;",
    "}",
  ];
}
