import { inputOf } from "../../ir/checks.ts";
import { averageUnit } from "../../ir/hls/average.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { tiledPoolStage } from "../../ir/hls/tiled-pool.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { GlobalAveragePool } from "./index.ts";

export function hls(context: LayerContext<GlobalAveragePool>, { folding: { pe }, output }: HlsOptions): HlsStage {
  const input = inputOf(context);
  const [, height, width] = input.shape;
  const unit = averageUnit(input.type, false, height * width, context.attributes);
  return tiledPoolStage(input, { kernel: [height, width], pe, output }, ["average.hpp"], unit);
}
