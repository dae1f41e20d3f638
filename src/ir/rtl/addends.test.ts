import { expect, test } from "vitest";
import { selectedDigits } from "./addends.ts";
import { Pipeline } from "./pipeline.ts";

test("a digit that the factors of all rows have is no table", () => {
  const signal = { name: "x", width: 4, signed: true, time: 0, low: -8n, high: 7n };
  // 5 is 4 + 1, 13 is 16 - 4 + 1
  const term = { signal, factors: [5n, 13n] };
  const { addends, lacks } = selectedDigits({ terms: [term], offset: [0n, 0n], drop: 0 }, 2, term);
  expect(addends.map(({ shift }) => shift)).toEqual([0, 2, 4]);
  const pipeline = new Pipeline(2);
  expect(addends[0]?.operand(pipeline, 0)).toBe("+ x");
  expect(addends[1]?.operand(pipeline, 1)).toMatch(/^- v\d+$/);
  expect(pipeline.text().join("\n")).not.toContain("index({})");
  // Of the second row 4 is taken off as it is, of the first one as the inverted bits and one more; 16 only of the second row.
  expect(lacks).toEqual([-4n, -16n]);
});
