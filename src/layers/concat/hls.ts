import { bitWidth } from "../../ir/data-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import type { LayerContext } from "../../ir/layer.ts";

/** For each pixel all beats of the first input, then all of the second, and so on. */
export function hls(context: LayerContext<unknown>, { folding, output }: HlsOptions): HlsStage {
  const [channels, height, width] = output.shape;
  const counts = context.inputs.map(({ shape }) => shape[0] / folding.pe);
  const inputs = counts.map((_, i) => `in${i}`);
  return {
    headers: ["concat.hpp"],
    shape: { pixels: height * width, beats: channels / folding.pe, beat_bits: folding.pe * bitWidth(output.type) },
    tables: [],
    processes: [
      {
        name: "join",
        body: `bitloom::concat<shape, ${counts.join(", ")}>(out, frames, ${inputs.join(", ")});`,
        tables: [],
      },
    ],
  };
}
