import { inputOf } from "../../ir/checks.ts";
import { tiledAverageStage } from "../../ir/hls/average.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { GlobalAveragePool } from "./index.ts";

export function hls(context: LayerContext<GlobalAveragePool>, { folding: { pe } }: HlsOptions): HlsStage {
  const input = inputOf(context);
  const [, height, width] = input.shape;
  return tiledAverageStage(input, [height, width], pe, context.attributes);
}
