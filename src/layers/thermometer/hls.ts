import { inputOf } from "../../ir/checks.ts";
import { bitWidth, maxRaw } from "../../ir/data-type.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { elements } from "../../ir/tensor.ts";
import type { Thermometer } from "./index.ts";
import { thermometerCuts } from "./index.ts";

/** A comparison with a constant for each level. Levels that no input reaches compare with the next power of two. */
export function hls(context: LayerContext<Thermometer>, { folding }: HlsOptions): HlsStage {
  const { shape, type } = inputOf(context);
  const { levels } = context.attributes;
  const never = maxRaw(type) + 1n;
  const table = {
    name: `${context.name}_cuts`,
    summary: "smallest input that reaches each level",
    type: "uint64_t",
    dimensions: [levels],
    values: thermometerCuts(context.attributes).map((cut) => (cut < never ? cut : never)),
    partition: [1],
  };
  return {
    headers: ["thermometer.hpp"],
    shape: { beats: elements(shape) / folding.simd, lanes: folding.simd, bits: bitWidth(type), levels },
    tables: [table],
    processes: [
      { name: "code", body: `bitloom::thermometer<shape>(in0, out, ${table.name}, frames);`, tables: [table.name] },
    ],
  };
}
