import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import { rawType } from "../../ir/hls/cpp-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import type { LayerContext } from "../../ir/layer.ts";

export function hls(context: LayerContext<unknown>, { folding, output }: HlsOptions): HlsStage {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  return {
    headers: ["argmax.hpp"],
    shape: {
      pixels: height * width,
      beats: channels / folding.pe,
      pe: folding.pe,
      bits: bitWidth(type),
      out_bits: bitWidth(output.type),
    },
    tables: [],
    processes: [{ name: "compare", body: `bitloom::argmax<shape, ${rawType(type)}>(in0, out, frames);`, tables: [] }],
  };
}
