import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signedDigitCount, signedDigits, unsignedDigitCount } from "./signed-digits.ts";

const number = fc.bigInt({ min: -(1n << 64n), max: 1n << 64n });
const sumOf = (digits: ReturnType<typeof signedDigits>) =>
  digits.reduce((sum, { sign, shift }) => sum + BigInt(sign) * (1n << BigInt(shift)), 0n);

describe("signed digits", () => {
  it("add up to the number, and no two are adjacent", () => {
    fc.assert(
      fc.property(number, (value) => {
        const digits = signedDigits(value);
        expect(sumOf(digits)).toBe(value);
        for (const [i, digit] of digits.entries())
          if (i > 0) expect(digit.shift - (digits[i - 1]?.shift ?? 0)).toBeGreaterThan(1);
        expect(signedDigitCount(value)).toBe(digits.length);
      }),
    );
  });

  it("are the fewest", () => {
    // Fewest terms by search: sums of k powers of two with signs.
    const powers = Array.from({ length: 9 }, (_, i) => 2 ** i).flatMap((p) => [p, -p]);
    const fewest = new Map<number, number>([[0, 0]]);
    for (let terms = 1; terms <= 4; terms++)
      for (const sum of [...fewest.keys()])
        for (const p of powers) if (!fewest.has(sum + p)) fewest.set(sum + p, terms);
    for (let value = -128; value <= 128; value++) expect(signedDigitCount(BigInt(value))).toBe(fewest.get(value));
  });

  it("knows how many positive powers a number takes", () => {
    expect(unsignedDigitCount(7n)).toBe(3);
    expect(unsignedDigitCount(0n)).toBe(0);
    expect(unsignedDigitCount(-1n)).toBeUndefined();
  });
});
