import { smallestType } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import { constantRange } from "../../ir/range.ts";
import type { Lanes } from "../../ir/rtl/elementwise.ts";
import { lanesOf } from "../../ir/rtl/elementwise.ts";
import type { LaneSums } from "../../ir/rtl/finish.ts";
import { finished } from "../../ir/rtl/finish.ts";
import type { SumsFormat } from "../../ir/rtl/sums.ts";
import type { SvArithmetic } from "../../ir/rtl/sv-arithmetic.ts";
import type { Sums } from "../../ir/sums.ts";
import { gatedSum, integerGate } from "./gated-sum.ts";
import type { GatedConv2d } from "./index.ts";
import { gatedSums } from "./sums.ts";

/** The sums of the two planes lie between minus and plus the number of taps. */
export function sumsFormat({ shape: { channels, taps } }: Sums): SumsFormat {
  const length = BigInt(channels * taps);
  return { bits: smallestType(-length, length, 0).width, planes: 2 };
}

/** From the sums of both planes to the output, in all lanes or some. */
export function gatedLanes(
  context: LayerContext<GatedConv2d>,
  options: { folding: Folding; output: Stream },
  lanes: readonly number[] = lanesOf(options.folding.pe),
): Lanes {
  const { sums } = gatedSums(context, options);
  const { channels, taps, outputs, pe } = sums.shape;
  const length = BigInt(channels * taps);
  const leaves = (arithmetic: SvArithmetic, { planes, offset }: LaneSums) => {
    const range = constantRange(0, -length, length, outputs / pe);
    const [low, high] = planes.map((plane) => arithmetic.wrapped(plane, 0, offset, range));
    const { y } = gatedSum(arithmetic, context, high!, low!, integerGate);
    return arithmetic.bits(y, options.output.type);
  };
  return finished(sums, sumsFormat(sums), leaves, lanes);
}
