import { inputOf } from "../../ir/checks.ts";
import { bitWidth, maxRaw } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { instance, packed, registered } from "../../ir/rtl/verilog.ts";
import type { Thermometer } from "./index.ts";
import { thermometerCuts } from "./index.ts";

/** A comparison with a constant for each level. Levels that no input reaches compare with the next power of two. */
export function rtl(context: LayerContext<Thermometer>, { folding }: RtlOptions): RtlStage {
  const { type } = inputOf(context);
  const { levels } = context.attributes;
  const bits = bitWidth(type);
  const never = maxRaw(type) + 1n;
  const cuts = thermometerCuts(context.attributes).map((cut) => (cut < never ? cut : never));
  return {
    body: [
      ...registered(folding.simd * levels),
      ...instance(
        "thermometer",
        "code",
        { lanes: folding.simd, bits, levels, cuts: packed(bits + 1, cuts) },
        { numbers: "in0_data", codes: "result_data" },
      ),
    ],
  };
}
