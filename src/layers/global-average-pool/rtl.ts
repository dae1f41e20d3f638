import { inputOf } from "../../ir/checks.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { tiledAverageLines } from "../../ir/rtl/average.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import type { GlobalAveragePool } from "./index.ts";

export function rtl(context: LayerContext<GlobalAveragePool>, { folding: { pe } }: RtlOptions): RtlStage {
  const input = inputOf(context);
  const [, height, width] = input.shape;
  return { body: tiledAverageLines(input, [height, width], pe, context.attributes) };
}
