import { expect, test } from "vitest";
import { BitReads } from "./bit-reads.ts";

const shape = { signed: false, time: 0, low: 0n, high: 15n };
const sum = { ...shape, name: "sum", width: 4 };

test("what nobody reads is no register", () => {
  const bits = new BitReads();
  bits.add(sum, 1);
  bits.read(sum, 0, 2, 2);
  expect(bits.parts).toEqual({ lut: 0, register: 2 });
});

test("three registers in a row are a LUT, the first of them too", () => {
  const bits = new BitReads();
  bits.add(sum, 1);
  bits.read(sum, 2, 0, 1);
  bits.read(sum, 1, 1, 1);
  bits.read(sum, 0, 2, 1);
  bits.read(sum, 3, 2, 1);
  expect(bits.parts).toEqual({ lut: 2, register: 3 });
});

test("bits that are copied wait once, and constant ones nowhere", () => {
  const bits = new BitReads();
  bits.add(sum, 1);
  const next = { ...shape, name: "next", width: 5 };
  bits.add(next, 1, { of: sum, up: 1, later: 1 }, 3);
  bits.read(next, 0, 0, 5);
  bits.read(sum, 1, 0, 1);
  expect(bits.parts).toEqual({ lut: 0, register: 2 * 2 + 2 });
});
