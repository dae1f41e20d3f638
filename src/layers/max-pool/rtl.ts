import { inputOf } from "../../ir/checks.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { CLOCK, instance, streamPorts } from "../../ir/rtl/verilog.ts";
import { windowLines } from "../../ir/rtl/window.ts";
import type { MaxPool } from "./index.ts";
import { maxPoolWindowing } from "./windowing.ts";

export function rtl(context: LayerContext<MaxPool>, { folding }: RtlOptions): RtlStage {
  const windowing = maxPoolWindowing(context, folding);
  const { type } = inputOf(context);
  const [height, width] = windowing.window.kernel;
  return {
    body: [
      ...windowLines(windowing),
      ...instance(
        "max_pool",
        "maximum",
        {
          ...{ pe: folding.pe, bits: windowing.bits, taps: height * width },
          is_signed: type.kind !== "bipolar" && type.signed,
        },
        { ...CLOCK, ...streamPorts("in", "window"), ...streamPorts("out", "out") },
      ),
    ],
  };
}
