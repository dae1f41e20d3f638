/** Casts made smaller where what reaches them is known. Nothing is lost: every value stays what it was, at the same fraction. */

import type { Cast, FixedCast } from "./cast.ts";
import { castRaw } from "./cast.ts";
import { MAX_WIDTH, smallestType } from "./data-type.ts";
import { greatest, least } from "./extremes.ts";
import type { Range } from "./range.ts";
import { highest, lowest } from "./range.ts";
import { fitsWithoutOverflow, RangeArithmetic } from "./range-arithmetic.ts";

/** The cast for operands of these ranges; its type stays if the type of the stream must. */
export function narrowCast(cast: FixedCast, operands: readonly Range[], keepType: boolean): FixedCast {
  const spans = operands.map((range) => ({ fraction: range.fraction, low: lowest(range), high: highest(range) }));
  if (!spans.every(({ fraction, low, high }) => fitsWithoutOverflow([low, high], fraction, cast))) return cast;
  const rounds = spans.some(({ fraction }) => fraction > cast.type.fraction);
  const ends = spans.flatMap(({ fraction, low, high }) => [
    castRaw(low, fraction, cast),
    castRaw(high, fraction, cast),
  ]);
  const [low, high] = [least(ends), greatest(ends)];
  const smallest = smallestType(low, high, cast.type.fraction);
  return {
    type: keepType || smallest.width >= Math.min(cast.type.width, MAX_WIDTH) ? cast.type : smallest,
    rounding: rounds ? cast.rounding : "AP_TRN",
    overflow: "AP_WRAP",
  };
}

/** Notes the ranges that reach the casts of a formula. */
export class CastWatch extends RangeArithmetic {
  readonly operands = new Map<Cast, Range[]>();

  override cast(x: Range, cast: Cast | undefined): Range {
    if (cast) this.operands.set(cast, [...(this.operands.get(cast) ?? []), x]);
    return super.cast(x, cast);
  }
}
