import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { CLOCK, instance, streamPorts } from "../../ir/rtl/verilog.ts";

export function rtl(context: LayerContext<unknown>, { folding: { pe }, output }: RtlOptions): RtlStage {
  const { shape, type } = inputOf(context);
  return {
    body: instance(
      "argmax",
      "compare",
      {
        beats: shape[0] / pe,
        pe,
        bits: bitWidth(type),
        is_signed: type.kind !== "bipolar" && type.signed,
        out_bits: bitWidth(output.type),
      },
      { ...CLOCK, ...streamPorts("in", "in0"), ...streamPorts("out", "out") },
    ),
  };
}
