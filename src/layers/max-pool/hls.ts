import { inputOf } from "../../ir/checks.ts";
import { bitWidth, minRaw } from "../../ir/data-type.ts";
import { rawType } from "../../ir/hls/cpp-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { windowedStage } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { slidingWindow } from "../../ir/window.ts";
import type { MaxPool } from "./index.ts";

/** Padded elements hold the smallest number there is: every window touches the map, so they never win alone. */
export function hls(context: LayerContext<MaxPool>, { folding: { pe } }: HlsOptions): HlsStage {
  const { kernel, stride, padding } = context.attributes;
  const { shape, type } = inputOf(context);
  const window = slidingWindow(shape, kernel, stride, padding);
  const bits = bitWidth(type);
  const groups = shape[0] / pe;
  const fill = type.kind === "bipolar" ? 0n : BigInt.asUintN(bits, minRaw(type));
  return windowedStage(
    { input: shape, window, padding, groups, simd: pe, bits, planes: 1, signs: false, fill },
    {
      headers: ["max_pool.hpp"],
      tables: [],
      processes: [
        { name: "maximum", body: `bitloom::max_pool<shape, ${rawType(type)}>(in0, out, frames);`, tables: [] },
      ],
    },
    { outputs: window.output[0] * window.output[1] * groups, taps: kernel[0] * kernel[1], pe },
  );
}
