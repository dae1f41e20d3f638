import { expect, test } from "vitest";
import { divideRounded, ROUNDINGS } from "../cast.ts";
import { reciprocal, roundingOffset } from "./reciprocal.ts";

const DIVISORS = [1, 2, 3, 5, 6, 7, 9, 12, 25, 36, 49, 64, 100, 255];
const SHIFTS = [0n, 3n, 8n];

test.each(ROUNDINGS)("%s: the product is the rounded quotient for every number of the range", (rounding) => {
  for (const divisor of DIVISORS.map(BigInt))
    for (const shift of SHIFTS) {
      const ratio = { numerator: 1n << shift, denominator: divisor };
      const [below, above] = [true, false].map((negative) => roundingOffset(rounding, negative, divisor));
      if (below === undefined || above === undefined) {
        expect([rounding, divisor % 2n]).toEqual(["AP_RND_CONV", 0n]);
        continue;
      }
      const { factor, drop, biases } = reciprocal(ratio, [
        { low: 0n, high: 511n, offset: above },
        { low: -512n, high: -1n, offset: below },
      ]);
      for (let number = -512n; number < 512n; number++) {
        const product = (number * factor + (biases[number < 0n ? 1 : 0] as bigint)) >> BigInt(drop);
        expect(product).toBe(divideRounded(number << shift, divisor, rounding));
      }
    }
});

test("the factor is no longer than it must be", () => {
  const offset = 0n;
  expect(reciprocal({ numerator: 1n, denominator: 3n }, [{ low: 0n, high: 255n, offset }])).toEqual({
    ...{ factor: 85n, drop: 8, biases: [85n] },
  });
});
