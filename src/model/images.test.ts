import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BIPOLAR, signedInteger, unsignedInteger } from "../ir/data-type.ts";
import type { ArrayData } from "./array.ts";
import { readImages, resultArray } from "./images.ts";
import { writeNpy } from "./read-array.ts";

const folder = mkdtempSync(join(tmpdir(), "bitloom-images-"));
const stream = { shape: [1, 2, 2], type: unsignedInteger(8) } as const;

async function save(array: ArrayData): Promise<string> {
  const file = join(folder, `${Math.random()}.npy`);
  await writeNpy(file, array);
  return file;
}
const uint8 = (shape: number[], data: number[]): ArrayData => ({ dtype: "uint8", shape, data: Uint8Array.from(data) });

test("reads images", async () => {
  const file = await save(uint8([2, 1, 2, 2], [0, 1, 2, 3, 252, 253, 254, 255]));
  expect(await readImages(file, undefined, stream)).toEqual([
    Float64Array.of(0, 1, 2, 3),
    Float64Array.of(252, 253, 254, 255),
  ]);
});

test("reads vectors, bits and wide integers", async () => {
  const vectors = await save(uint8([2, 1], [7, 8]));
  expect(await readImages(vectors, undefined, { shape: [1, 1, 1], type: unsignedInteger(4) })).toEqual([
    Float64Array.of(7),
    Float64Array.of(8),
  ]);
  const bits = await save({ dtype: "bool", shape: [1, 2], data: Uint8Array.of(0, 1) });
  expect(await readImages(bits, undefined, { shape: [2, 1, 1], type: BIPOLAR })).toEqual([Float64Array.of(-1, 1)]);
  const wide = await save({ dtype: "int64", shape: [1, 1], data: BigInt64Array.of(-(2n ** 60n)) });
  expect(await readImages(wide, undefined, { shape: [1, 1, 1], type: signedInteger(62) })).toEqual([[-(2n ** 60n)]]);
});

test.each([
  [{ dtype: "float32", shape: [1, 1, 2, 2], data: new Float32Array(4) }, "inputs-type", "the array holds float32"],
  [uint8([1, 2, 2], [0, 0, 0, 0]), "inputs-shape", "[1, 2, 2], but the model takes [N, 1, 2, 2]"],
  [uint8([4], [0, 0, 0, 0]), "inputs-shape", "[4], but the model takes [N, 1, 2, 2]"],
  [uint8([0, 1, 2, 2], []), "inputs-empty", "there are no images"],
  [
    { dtype: "int16", shape: [2, 1, 2, 2], data: Int16Array.of(0, 0, 0, 0, 0, 256, 0, 0) },
    "input-range",
    "image 1 has the value 256, which ap_uint<8> does not hold",
  ],
] as [ArrayData, string, string][])("refuses %j", async (array, code, message) => {
  const file = await save(array);
  const error = await readImages(file, undefined, stream).catch((thrown) => thrown);
  expect(error.diagnostics).toMatchObject([{ code, path: file }]);
  expect(error.message).toContain(message);
});

test("0 is no bipolar value", async () => {
  const file = await save(uint8([1, 2], [0, 1]));
  const read = readImages(file, undefined, { shape: [2, 1, 1], type: BIPOLAR });
  await expect(read).rejects.toThrow("image 0 has the value 0, which bipolar does not hold");
});

test("results are as wide as their type needs", () => {
  const logits = resultArray([Float64Array.of(-5, 3)], { shape: [2, 1, 1], type: signedInteger(16) });
  expect(logits).toEqual({ dtype: "int32", shape: [1, 2], data: Int32Array.of(-5, 3) });
  const map = resultArray([Float64Array.of(1, 2)], { shape: [1, 1, 2], type: unsignedInteger(32) });
  expect(map).toEqual({ dtype: "int64", shape: [1, 1, 1, 2], data: BigInt64Array.of(1n, 2n) });
  const wide = resultArray([[2n ** 64n - 1n]], { shape: [1, 1, 1], type: unsignedInteger(64) });
  expect(wide).toEqual({ dtype: "uint64", shape: [1, 1], data: BigUint64Array.of(2n ** 64n - 1n) });
});
