/**
 * Integers as sums of powers of two, so that a product with a constant is a few shifted adds and no multiplier:
 * `7 * x = (x << 3) - x`.
 *
 * A library and not a pass: the graph keeps its exact constants, and whoever builds an adder tree, prices one or checks a
 * k-hot tensor asks here for the digits.
 */

/** One term, `sign * 2^shift`. */
export interface SignedDigit {
  readonly sign: 1 | -1;
  readonly shift: number;
}

/** The canonical signed digits of a number: the fewest possible, no two adjacent, lowest first. None for 0. */
export function signedDigits(value: bigint): SignedDigit[] {
  const digits: SignedDigit[] = [];
  let rest = value;
  for (let shift = 0; rest !== 0n; shift++) {
    if (rest & 1n) {
      const sign = (rest & 3n) === 1n ? 1 : -1;
      digits.push({ sign, shift });
      rest -= BigInt(sign);
    }
    rest >>= 1n;
  }
  return digits;
}

/** How many signed digits the number takes. */
export function signedDigitCount(value: bigint): number {
  // Where x and 3x differ, the canonical form of 2x has a digit.
  const magnitude = value < 0n ? -value : value;
  return bitCount(magnitude ^ (3n * magnitude));
}

/** How many powers of two, all positive, the number takes; undefined for a negative one. */
export function unsignedDigitCount(value: bigint): number | undefined {
  return value < 0n ? undefined : bitCount(value);
}

export function bitCount(value: bigint): number {
  let count = 0;
  for (let rest = value; rest !== 0n; rest &= rest - 1n) count++;
  return count;
}
