/** Numbers as digits of base 4, three bits each: one, two, negative. */
import { signedDigits } from "../signed-digits.ts";

/** Codes of all numbers with as many digits as the longest of them needs. */
export function shiftAddCode(raws: readonly bigint[]): { digits: number; codes: bigint[] } {
  const known = new Map<bigint, bigint>();
  for (const raw of raws) if (!known.has(raw)) known.set(raw, digitsOf(raw));
  const bits = Math.max(1, ...[...known.values()].map((code) => code.toString(2).length));
  return { digits: Math.ceil(bits / 3), codes: raws.map((raw) => known.get(raw) as bigint) };
}

function digitsOf(raw: bigint): bigint {
  return signedDigits(raw).reduce((code, { sign, shift }) => {
    const digit = BigInt((shift % 2 === 0 ? 1 : 2) + (sign < 0 ? 4 : 0));
    return code | (digit << BigInt(3 * Math.floor(shift / 2)));
  }, 0n);
}
