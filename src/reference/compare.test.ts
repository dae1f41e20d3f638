import { expect, test } from "vitest";
import { signedInteger } from "../ir/data-type.ts";
import { compareStream, joinComparisons } from "./compare.ts";

const stream = { shape: [2, 2, 3], type: signedInteger(8) } as const;
const frame = (change: Record<number, number> = {}) => Float64Array.from({ length: 12 }, (_, i) => change[i] ?? i);

test("equal streams", () => {
  expect(compareStream("x", stream, [frame(), frame()], [frame(), frame()])).toEqual({
    name: "x",
    compared: 24,
    differing: 0,
  });
});

test("counts what differs and names the first by channel, row and column", () => {
  expect(compareStream("x", stream, [frame(), frame()], [frame(), frame({ 10: -7, 11: 0 })])).toEqual({
    name: "x",
    compared: 24,
    differing: 2,
    first: { frame: 1, index: [1, 1, 1], expected: 10n, actual: -7n },
  });
});

test("doubles and bigints are compared by value", () => {
  const wide = Array.from(frame(), BigInt);
  expect(compareStream("x", stream, [frame()], [wide]).differing).toBe(0);
  expect(compareStream("x", stream, [wide], [frame({ 3: 4 })]).first?.actual).toBe(4n);
});

test("comparisons of frames in any order join to one that names the earliest difference", () => {
  const compare = (number: number, change = {}) => compareStream("x", stream, [frame()], [frame(change)], number);
  const parts = [compare(0), compare(5, { 1: 9 }), compare(2, { 3: 9, 4: 9 }), compare(1)];
  const expected = { name: "x", compared: 48, differing: 3, first: { frame: 2, index: [0, 1, 0] } };
  expect(parts.reduce(joinComparisons)).toMatchObject(expected);
  expect(parts.reverse().reduce(joinComparisons)).toMatchObject(expected);
});
