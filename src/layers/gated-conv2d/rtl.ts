import { bitWidth, signedInteger, smallestType } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { constantRange } from "../../ir/range.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { lanesOf, leave, matrixVector, offsets } from "../../ir/rtl/sums.ts";
import { SvArithmetic } from "../../ir/rtl/sv-arithmetic.ts";
import { windowLines } from "../../ir/rtl/window.ts";
import { gatedSum, integerGate } from "./gated-sum.ts";
import type { GatedConv2d } from "./index.ts";
import { gatedSums } from "./sums.ts";

/** Both planes of bits go through one matrix-vector unit: each row of weights is read once for the two of them. */
export function rtl(context: LayerContext<GatedConv2d>, options: RtlOptions): RtlStage {
  const { sums, windowing } = gatedSums(context, options);
  const { outputs, channels, taps, pe } = sums.shape;
  const length = BigInt(channels * taps);
  const { width } = smallestType(-length, length, 0);
  const format = { bits: width, planes: windowing.planes };
  const rows = outputs / pe;
  const outBits = bitWidth(options.output.type);
  const lane = (index: number): string[] => {
    const own = Array.from({ length: rows }, (_, row) => row * pe + index);
    const arithmetic = new SvArithmetic({ suffix: `${index}`, channels: own });
    const plane = (which: number) => {
      const name = `plane${which}_${index}`;
      const at = (index * windowing.planes + which) * width;
      arithmetic.lines.push(`wire [${width - 1}:0] ${name} = sums_data[${at}+:${width}] + offset_${index};`);
      return arithmetic.input(name, signedInteger(width), constantRange(0, -length, length, rows));
    };
    const [high, low] = [plane(1), plane(0)];
    const { y } = gatedSum(arithmetic, context, high, low, integerGate);
    const bits = arithmetic.bits(y, options.output.type);
    return [...arithmetic.lines, `assign result_data[${index * outBits}+:${outBits}] = ${bits};`];
  };
  return {
    body: [
      ...windowLines(windowing),
      ...matrixVector(sums, "window", options.output, format),
      ...offsets(sums, format),
      `wire [${pe * outBits - 1}:0] result_data;`,
      ...lanesOf(pe).flatMap(lane),
      ...leave(pe * outBits),
    ],
  };
}
