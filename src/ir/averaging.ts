/** Averages as docs/ir.md "average-pool" defines them: a cast after every addition, then one rounded division. */
import type { FixedCast } from "./cast.ts";
import { divideRounded, overflowed } from "./cast.ts";
import type { Range } from "./range.ts";
import { constantRange, highest, lowest } from "./range.ts";
import { RangeArithmetic } from "./range-arithmetic.ts";
import type { Raws } from "./tensor.ts";
import { toBigints } from "./tensor.ts";
import type { TensorArithmetic, Value } from "./tensor-arithmetic.ts";

export interface Averaging {
  readonly accumulator?: FixedCast | undefined;
  readonly type: FixedCast;
}

/** Folds the taps (at least one) in their order, and divides by their number. */
export function average(arithmetic: TensorArithmetic, taps: readonly Value[], { accumulator, type }: Averaging): Raws {
  const sum = taps
    .slice(1)
    .reduce(
      (acc, tap) => arithmetic.cast(arithmetic.add(acc, tap), accumulator),
      arithmetic.cast(taps[0] as Value, accumulator),
    );
  const shift = Math.log2(taps.length);
  if (!Number.isInteger(shift)) return divided(sum, BigInt(taps.length), type);
  return arithmetic.cast({ ...sum, fraction: sum.fraction + shift }, type).data;
}

function divided({ data, fraction }: Value, divisor: bigint, cast: FixedCast): bigint[] {
  return toBigints(data).map((raw) => divideCast(raw, fraction, divisor, cast));
}

/** cast(raw * 2^-fraction / divisor): the exact quotient is rounded once. */
function divideCast(raw: bigint, fraction: number, divisor: bigint, cast: FixedCast): bigint {
  const floor = () => quotient(raw, fraction, divisor, { ...cast, rounding: "AP_TRN" });
  return overflowed(quotient(raw, fraction, divisor, cast), cast, floor);
}

function quotient(raw: bigint, fraction: number, divisor: bigint, { type, rounding }: FixedCast): bigint {
  const shift = BigInt(type.fraction - fraction);
  return shift >= 0n ? divideRounded(raw << shift, divisor, rounding) : divideRounded(raw, divisor << -shift, rounding);
}

/** The averages of `taps` values of the input; padded taps are 0. */
export function averageRange(input: Range, taps: number, channels: number, { accumulator, type }: Averaging): Range {
  const arithmetic = new RangeArithmetic(1);
  const value = arithmetic.union(
    arithmetic.constant(0n, 0),
    constantRange(input.fraction, lowest(input), highest(input), 1),
  );
  let sum = arithmetic.cast(value, accumulator);
  for (let tap = 1; tap < taps; tap++) sum = arithmetic.cast(arithmetic.add(sum, value), accumulator);
  const [low, high] = [lowest(sum), highest(sum)].map((raw) => quotient(raw, sum.fraction, BigInt(taps), type)) as [
    bigint,
    bigint,
  ];
  const average = arithmetic.cast({ fraction: type.type.fraction, low: [low], high: [high] }, type);
  return constantRange(average.fraction, lowest(average), highest(average), channels);
}
