import { inputOf } from "../../ir/checks.ts";
import { numeric } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { averageLines } from "../../ir/rtl/average.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import type { GlobalAveragePool } from "./index.ts";

export function rtl(context: LayerContext<GlobalAveragePool>, { folding: { pe } }: RtlOptions): RtlStage {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  const averages = { pe, number: numeric(type), taps: height * width, groups: channels / pe };
  const lines = (from: string) => averageLines(averages, context.attributes, from);
  if (type.kind !== "bipolar") return { body: lines("in0") };
  const numbers = Array.from({ length: pe }, (_, lane) => `!in0_data[${lane}], 1'b1`).reverse();
  return {
    body: [
      `wire [${2 * pe - 1}:0] number_data = {${numbers.join(", ")}};`,
      "wire number_valid = in0_valid;",
      "wire number_ready;",
      "assign in0_ready = number_ready;",
      ...lines("number"),
    ],
  };
}
