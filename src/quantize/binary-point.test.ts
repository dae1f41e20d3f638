import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixed } from "../ir/data-type.ts";
import { Extent, rawsOf, SquaredErrors } from "./binary-point.ts";

function best(values: Float64Array, bits: number) {
  const extent = new Extent();
  extent.observe(values);
  const errors = new SquaredErrors(extent, bits);
  errors.observe(values);
  return errors.best();
}

function squaredError(values: Float64Array, signed: boolean, bits: number, fraction: number): number {
  const raws = rawsOf(values, fixed(signed, bits, fraction));
  return values.reduce((sum, value, i) => sum + (value - (raws[i] as number) * 2 ** -fraction) ** 2, 0);
}

describe("the best binary point", () => {
  it("has the least squared error of all", () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true }).map((x) => (Math.abs(x) < 1e-3 ? 0 : x));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), fc.integer({ min: 2, max: 12 }), (list, bits) => {
        const values = Float64Array.from(list);
        const { type } = best(values, bits);
        expect(type).toMatchObject({ width: bits, signed: list.some((x) => x < 0) });
        const errors = Array.from({ length: 50 }, (_, i) => squaredError(values, type.signed, bits, i - 20));
        expect(squaredError(values, type.signed, bits, type.fraction)).toBeCloseTo(Math.min(...errors), 9);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("cuts a rare large value off where that is better", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1.1 : (i % 100) / 200));
    expect(best(values, 6)).toMatchObject({ type: fixed(false, 6, 6), low: 0, high: 1.1 });
    expect(best(values.subarray(0, 1), 6).type).toEqual(fixed(false, 6, 5));
  });

  it("loses nothing of what fits", () => {
    expect(best(Float64Array.of(-0.5, 0.25), 3)).toMatchObject({ snr: Number.POSITIVE_INFINITY });
    expect(best(new Float64Array(4), 3)).toMatchObject({ type: fixed(false, 3, 0), snr: Number.POSITIVE_INFINITY });
  });

  it("rounds a half up and saturates", () => {
    expect(rawsOf(Float64Array.of(0.5, -0.5, 1.49, 99, -99), fixed(true, 3, 0))).toEqual(
      Float64Array.of(1, 0, 1, 3, -4),
    );
  });
});
