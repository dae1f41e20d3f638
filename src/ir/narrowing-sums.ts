/** Accumulators of sums made smaller, as narrowing.ts does for single casts. */
import type { FixedCast } from "./cast.ts";
import { narrowCast } from "./narrowing.ts";
import type { Range } from "./range.ts";
import type { Rows } from "./weighted-sum.ts";
import { sumRange } from "./weighted-sum.ts";

/** The accumulator of a weighted sum that is cast after each of its products. Its type is the output's. */
export function narrowAccumulator(
  accumulator: FixedCast,
  rows: Rows,
  outputs: number,
  input: Range,
  keepType: boolean,
): FixedCast {
  const exact = sumRange(rows, outputs, input);
  const lost = exact.fraction - accumulator.type.fraction;
  // Every partial sum lies between the sums of all negative and of all positive products, but for what each cast rounds away.
  const rounded = lost > 0 ? BigInt(rows.taps + 1) << BigInt(lost) : 0n;
  const partial = {
    fraction: exact.fraction,
    low: exact.low.map((raw) => raw - rounded),
    high: exact.high.map((raw) => raw + rounded),
  };
  return narrowCast(accumulator, [partial], keepType);
}
