import { expect, test } from "vitest";
import { BIPOLAR, fixed, unsignedInteger } from "../ir/data-type.ts";
import { randomImages } from "./random-images.ts";

const shape = [3, 16, 16] as const;

test("the seed decides", () => {
  const stream = { shape, type: unsignedInteger(8) };
  expect(randomImages(stream, 2, 7)).toEqual(randomImages(stream, 2, 7));
  expect(randomImages(stream, 2, 7)).not.toEqual(randomImages(stream, 2, 8));
});

test("images fill the range of the type, or a part of it", () => {
  const [whole, half] = randomImages({ shape, type: unsignedInteger(8) }, 2, 1) as [Float64Array, Float64Array];
  expect([Math.min(...whole), Math.max(...whole)]).toEqual([0, 255]);
  expect([Math.min(...half), Math.max(...half)]).toEqual([0, 127]);
  const [signed] = randomImages({ shape, type: fixed(true, 4, 2) }, 1, 1) as [Float64Array];
  expect([Math.min(...signed), Math.max(...signed)]).toEqual([-8, 7]);
  const [bits] = randomImages({ shape, type: BIPOLAR }, 1, 1) as [Float64Array];
  expect(new Set(bits)).toEqual(new Set([-1, 1]));
});

test("wide raws are bigints", () => {
  const [image] = randomImages({ shape, type: unsignedInteger(64) }, 1, 1) as [bigint[]];
  expect(image.some((raw) => raw > 1n << 63n)).toBe(true);
});
