import { expect, test } from "vitest";
import { movedDigits } from "./moved-digits.ts";
import { Pipeline } from "./pipeline.ts";

const signal = { name: "x", width: 4, signed: true, time: 0, low: -8n, high: 7n };
const moved = (factors: readonly bigint[]) => {
  const term = { signal, factors };
  return movedDigits({ terms: [term], offset: factors.map(() => 0n), drop: 0 }, factors.length, term);
};

test("a single digit at many places takes one multiplexer and one adder", () => {
  const { addends, lacks } = moved([1n, -8n, 32n, 128n]) ?? {};
  expect(addends).toHaveLength(1);
  const pipeline = new Pipeline(4);
  expect(addends?.[0]?.operand(pipeline, 3)).toMatch(/^- v\d+$/);
  expect(pipeline.text().join("\n")).toMatch(/== 3 \? v\d+ <<< 6/);
  // Positive digits are inverted.
  expect(lacks).toEqual([-1n, 0n, -1n, -1n]);
});

test("the same digit at all places needs no table", () => {
  const pipeline = new Pipeline(4);
  moved([1n, 4n, 16n, 64n])?.addends[0]?.operand(pipeline, 3);
  expect(pipeline.text().join("\n")).toMatch(/.digit\(3'[dh]5\)/);
  expect(pipeline.text().join("\n")).not.toContain("{}");
});

test("digits at few places take an adder for each place", () => {
  expect(moved([1n, -2n, 4n, 8n])).toBeUndefined();
  expect(moved([5n, 17n, 65n, 80n])).toBeUndefined();
});
