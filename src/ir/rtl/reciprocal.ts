/**
 * Quotients by a constant as a product, rounded once and exact for every number of a range: a constant times the number, plus a constant,
 * of which low bits are cut off.
 *
 *     floor((number * numerator + offset) / denominator) = (number * factor + bias) >> drop
 *
 * By how much the right side is too large before it is cut off is linear in the number; so it is enough to look at both ends of the range.
 */
import type { Rounding } from "../cast.ts";

/** number * numerator / denominator, both positive. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export interface Reciprocal {
  readonly factor: bigint;
  readonly drop: number;
  /** One for each of the ranges. */
  readonly biases: readonly bigint[];
}

/** Numbers, and what is added to them times the numerator before the division is rounded down. */
export interface Dividends {
  readonly low: bigint;
  readonly high: bigint;
  readonly offset: bigint;
}

/** The one with the shortest factor. */
export function reciprocal({ numerator, denominator }: Ratio, ranges: readonly Dividends[]): Reciprocal {
  for (let drop = 0; ; drop++) {
    const power = 1n << BigInt(drop);
    const below = (numerator * power) / denominator;
    for (const factor of [below, below + 1n]) {
      const error = factor * denominator - numerator * power;
      const biases = commonBiases(ranges.map((range) => biasesOf(range, { error, power, denominator })));
      if (biases) return { factor, drop, biases };
    }
  }
}

type Span = readonly [low: bigint, high: bigint];

/** The biases with which 0 <= number * error + bias * denominator - offset * power < power for all numbers. */
function biasesOf(
  { low, high, offset }: Dividends,
  { error, power, denominator }: { error: bigint; power: bigint; denominator: bigint },
): Span {
  const ends = [low * error, high * error] as const;
  const [least, most] = ends[0] < ends[1] ? ends : [ends[1], ends[0]];
  return [-floorDiv(least - offset * power, denominator), floorDiv(power - 1n + offset * power - most, denominator)];
}

/** One bias for each range, the same one if there is such; undefined if a range has none. */
function commonBiases(spans: readonly Span[]): bigint[] | undefined {
  if (spans.some(([low, high]) => low > high)) return undefined;
  const low = spans.reduce((most, span) => (span[0] > most ? span[0] : most), spans[0]![0]);
  const all = spans.every((span) => low <= span[1]);
  return spans.map((span) => (all ? low : span[0]));
}

const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n ? a / b : -((-a + b - 1n) / b));

/**
 * What is added before a division by the denominator is rounded down, so that it is rounded as the mode says; undefined where a tie goes
 * to the even side, so that no constant does it.
 */
export function roundingOffset(rounding: Rounding, negative: boolean, denominator: bigint): bigint | undefined {
  const [tieUp, tieDown] = [denominator / 2n, (denominator - 1n) / 2n];
  switch (rounding) {
    case "AP_TRN":
      return 0n;
    case "AP_TRN_ZERO":
      return negative ? denominator - 1n : 0n;
    case "AP_RND":
      return tieUp;
    case "AP_RND_MIN_INF":
      return tieDown;
    case "AP_RND_ZERO":
      return negative ? tieUp : tieDown;
    case "AP_RND_INF":
      return negative ? tieDown : tieUp;
    case "AP_RND_CONV":
      return tieUp === tieDown ? tieUp : undefined;
  }
}
