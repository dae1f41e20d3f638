import { expect, test } from "vitest";
import { BIPOLAR, fixed } from "../data-type.ts";
import { Pipeline } from "./pipeline.ts";
import { SvArithmetic } from "./sv-arithmetic.ts";

test.each([
  ["AP_WRAP", 6n],
  ["AP_SAT_ZERO", 0n],
  ["AP_SAT", 7n],
] as const)("a constant that overflows is what %s makes of it", (overflow, raw) => {
  const arithmetic = new SvArithmetic(new Pipeline(1), [0]);
  const type = fixed(false, 3, 3);
  const { range } = arithmetic.cast(arithmetic.constant(14n, 3), { type, rounding: "AP_TRN", overflow });
  expect(range).toEqual({ fraction: 3, low: [raw], high: [raw] });
});

test("a number that is never negative is the constant +1 as a sign", () => {
  const arithmetic = new SvArithmetic(new Pipeline(1), [0]);
  const sign = arithmetic.cast(arithmetic.input("in0_data", fixed(false, 6, 6)), { type: BIPOLAR });
  expect(arithmetic.add(sign, sign).form).toEqual({ terms: [], offset: [2n], drop: 0 });
});
