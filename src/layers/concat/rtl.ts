import { bitWidth } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { CLOCK, instance, packed, streamPorts } from "../../ir/rtl/verilog.ts";

/** For each pixel all beats of the first input, then all of the second, and so on. */
export function rtl(context: LayerContext<unknown>, { folding, output }: RtlOptions): RtlStage {
  const counts = context.inputs.map(({ shape }) => BigInt(shape[0] / folding.pe));
  const all = (end: string) =>
    `{${counts
      .map((_, i) => `in${i}_${end}`)
      .reverse()
      .join(", ")}}`;
  return {
    body: instance(
      "concat",
      "join_inputs",
      { inputs: counts.length, width: folding.pe * bitWidth(output.type), counts: packed(16, counts) },
      {
        ...CLOCK,
        ...{ in_data: all("data"), in_valid: all("valid"), in_ready: all("ready") },
        ...streamPorts("out", "out"),
      },
    ),
  };
}
