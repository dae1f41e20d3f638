import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import { averageUnit } from "../../ir/hls/average.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { windowedStage } from "../../ir/hls/sums.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { slidingWindow } from "../../ir/window.ts";
import type { AveragePool } from "./index.ts";

/** Padded elements are 0. */
export function hls(context: LayerContext<AveragePool>, { folding: { pe }, output }: HlsOptions): HlsStage {
  const { kernel, stride, padding } = context.attributes;
  const { shape, type } = inputOf(context);
  const window = slidingWindow(shape, kernel, stride, padding);
  const signs = type.kind === "bipolar";
  const bits = signs ? 2 : bitWidth(type);
  const groups = shape[0] / pe;
  const taps = kernel[0] * kernel[1];
  return windowedStage(
    { input: shape, window, padding, groups, simd: pe, bits, planes: 1, signs, fill: 0n },
    {
      headers: ["average_pool.hpp"],
      tables: [],
      unit: averageUnit(type, signs, taps, context.attributes),
      processes: [{ name: "average", body: "bitloom::average_pool<shape, unit>(in0, out, frames);", tables: [] }],
    },
    { outputs: window.output[0] * window.output[1] * groups, taps, pe, out_bits: bitWidth(output.type) },
  );
}
