import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import { averageUnit } from "../../ir/hls/average.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { GlobalAveragePool } from "./index.ts";

export function hls(context: LayerContext<GlobalAveragePool>, { folding: { pe }, output }: HlsOptions): HlsStage {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  const pixels = height * width;
  return {
    headers: ["global_average_pool.hpp"],
    shape: { pixels, beats: channels / pe, pe, bits: bitWidth(type), out_bits: bitWidth(output.type) },
    tables: [],
    unit: averageUnit(type, false, pixels, context.attributes),
    processes: [{ name: "average", body: "bitloom::global_average_pool<shape, unit>(in0, out, frames);", tables: [] }],
  };
}
