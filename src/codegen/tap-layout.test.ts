import { expect, test } from "vitest";
import { BIPOLAR, signedInteger, unsignedInteger } from "../ir/data-type.ts";
import { decodeTap } from "./tap-layout.ts";

const words = (...values: bigint[]) => new Uint8Array(BigInt64Array.from(values).buffer);

test("channels come first in tensors, last in files", () => {
  const stream = { shape: [2, 1, 2], type: signedInteger(40) } as const;
  const bytes = words(1n, -2n, 3n, 2n ** 39n - 1n, 5n, 6n, 7n, -(2n ** 39n));
  expect(decodeTap(bytes, stream)).toEqual([
    Float64Array.of(1, 3, -2, 2 ** 39 - 1),
    Float64Array.of(5, 7, 6, -(2 ** 39)),
  ]);
});

test("wide and bipolar values", () => {
  const shape = [1, 1, 1] as const;
  expect(decodeTap(words(-1n), { shape, type: unsignedInteger(64) })).toEqual([[2n ** 64n - 1n]]);
  expect(decodeTap(words(-1n), { shape, type: signedInteger(64) })).toEqual([[-1n]]);
  expect(decodeTap(words(-1n), { shape, type: BIPOLAR })).toEqual([Float64Array.of(-1)]);
});
