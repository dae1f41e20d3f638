/** A pool over windows that tile the map, as tiled_pool.hpp has it. */
import { bitWidth } from "../data-type.ts";
import type { Stream } from "../graph.ts";
import type { Window } from "../window.ts";
import type { HlsStage } from "./stage.ts";

/** `headers` and `unit`: what is done with the elements of a window. */
export function tiledPoolStage(
  { shape: [channels, height, width], type }: Stream,
  { kernel, pe, output }: { kernel: Window["kernel"]; pe: number; output: Stream },
  headers: readonly string[],
  unit: string[],
): HlsStage {
  return {
    headers: ["tiled_pool.hpp", ...headers],
    shape: {
      ...{ rows: height / kernel[0], windows: width / kernel[1], kernel_height: kernel[0], kernel_width: kernel[1] },
      ...{ groups: channels / pe, pe, bits: bitWidth(type), out_bits: bitWidth(output.type) },
    },
    tables: [],
    unit,
    processes: [{ name: "pool", body: "bitloom::tiled_pool<shape, unit>(in0, out, frames);", tables: [] }],
  };
}
