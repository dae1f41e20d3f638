import { expect, test } from "vitest";
import { fixed } from "../data-type.ts";
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
