/** Averages as docs/ir.md "average-pool" defines them: a cast after every addition, then one rounded division. */
import type { FixedCast } from "./cast.ts";
import { divideRounded, overflowed } from "./cast.ts";
import { compileFormula } from "./compiled-formula.ts";
import type { DataType, FixedType } from "./data-type.ts";
import { fixed, numeric } from "./data-type.ts";
import { CastWatch, narrowCast } from "./narrowing.ts";
import type { Range } from "./range.ts";
import { constantRange, highest, lowest } from "./range.ts";
import { RangeArithmetic } from "./range-arithmetic.ts";
import type { Raws, Shape } from "./tensor.ts";
import { elements, storeRaws, toBigints } from "./tensor.ts";

export interface Averaging {
  readonly accumulator?: FixedCast | undefined;
  readonly type: FixedCast;
}

/** Averages `count` maps of one shape and type, in their order. */
export function averager(shape: Shape, input: DataType, count: number, { accumulator, type }: Averaging) {
  const sum = accumulator?.type ?? sumType(numeric(input), count);
  const step = compileFormula(shape, [sum, input], (arithmetic, [acc, x]) => [
    arithmetic.cast(arithmetic.add(acc!, x!), accumulator),
  ]);
  const divide = division(shape, sum, count, type);
  return (taps: Iterable<Raws>): Raws => {
    let acc = storeRaws([new Float64Array(elements(shape))], sum);
    for (const tap of taps) acc = storeRaws([step([acc, tap])[0]!.data], sum);
    return storeRaws([divide(acc)], type.type);
  };
}

/** The back ends' type of the exact sum of `taps` values. */
export function exactSum({ signed, width, fraction }: FixedType, taps: number): FixedType {
  return fixed(signed, width + Math.ceil(Math.log2(taps)), fraction);
}

/** Holds the exact sum of `count` values. */
const sumType = ({ width, fraction }: FixedType, count: number): FixedType =>
  fixed(true, width + 1 + Math.ceil(Math.log2(count)), fraction);

/** Division by a power of two only moves the binary point; others take the long way. */
function division(shape: Shape, sum: FixedType, count: number, type: FixedCast): (acc: Raws) => Raws {
  const shift = Math.log2(count);
  if (!Number.isInteger(shift))
    return (acc) => toBigints(acc).map((raw) => divideCast(raw, sum.fraction, BigInt(count), type));
  const halve = compileFormula(shape, [sum], (arithmetic, [acc]) => [
    arithmetic.cast(arithmetic.multiply(acc!, arithmetic.constant(1n, shift)), type),
  ]);
  return (acc) => halve([acc])[0]!.data;
}

/** cast(raw * 2^-fraction / divisor): the exact quotient is rounded once. */
function divideCast(raw: bigint, fraction: number, divisor: bigint, cast: FixedCast): bigint {
  const floor = () => quotient(raw, fraction, divisor, { ...cast, rounding: "AP_TRN" });
  return overflowed(quotient(raw, fraction, divisor, cast), cast, floor);
}

/** raw * 2^-fraction / divisor, rounded once; not brought into the range of the cast's type. */
export function quotient(raw: bigint, fraction: number, divisor: bigint, { type, rounding }: FixedCast): bigint {
  const shift = BigInt(type.fraction - fraction);
  return shift >= 0n ? divideRounded(raw << shift, divisor, rounding) : divideRounded(raw, divisor << -shift, rounding);
}

/** The averages of `taps` values of the input; padded taps are 0. */
export function averageRange(input: Range, taps: number, channels: number, attributes: Averaging): Range {
  const arithmetic = new RangeArithmetic(1);
  const average = arithmetic.cast(quotientRange(arithmetic, input, taps, attributes), attributes.type);
  return constantRange(average.fraction, lowest(average), highest(average), channels);
}

/** The attributes with smaller casts; the accumulator's type is seen nowhere else. */
export function narrowAverage<A extends Averaging>(input: Range, taps: number, attributes: A, keepType: boolean): A {
  const watch = new CastWatch(1);
  const quotients = quotientRange(watch, input, taps, attributes);
  const { accumulator, type } = attributes;
  const sums = accumulator && {
    accumulator: narrowCast(accumulator, watch.operands.get(accumulator) ?? [], false),
  };
  // Quotients are rounded once: no fraction holds them.
  return { ...attributes, ...sums, type: { ...narrowCast(type, [quotients], keepType), rounding: type.rounding } };
}

/** The rounded quotients, before they are brought into the range of the type. */
function quotientRange(
  arithmetic: RangeArithmetic,
  input: Range,
  taps: number,
  { accumulator, type }: Averaging,
): Range {
  const value = arithmetic.union(
    arithmetic.constant(0n, 0),
    constantRange(input.fraction, lowest(input), highest(input), 1),
  );
  let sum = arithmetic.cast(value, accumulator);
  for (let tap = 1; tap < taps; tap++) sum = arithmetic.cast(arithmetic.add(sum, value), accumulator);
  const rounded = (raw: bigint) => quotient(raw, sum.fraction, BigInt(taps), type);
  return constantRange(type.type.fraction, rounded(lowest(sum)), rounded(highest(sum)), 1);
}
