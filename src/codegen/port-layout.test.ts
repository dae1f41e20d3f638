import fc from "fast-check";
import { expect, test } from "vitest";
import type { DataType } from "../ir/data-type.ts";
import { BIPOLAR, fixed, maxRaw, minRaw } from "../ir/data-type.ts";
import type { Stream } from "../ir/graph.ts";
import { elements, storeRaws, toBigints } from "../ir/tensor.ts";
import { containerBits, decodePort, encodePort, frameWords } from "./port-layout.ts";

const type: fc.Arbitrary<DataType> = fc.oneof(
  fc.constant(BIPOLAR),
  fc
    .record({ signed: fc.boolean(), width: fc.integer({ min: 1, max: 64 }) })
    .map(({ signed, width }) => fixed(signed, width, 3)),
);
const size = fc.integer({ min: 1, max: 4 });
const stream: fc.Arbitrary<Stream> = fc.record({ shape: fc.tuple(size, size, size), type });

test("what is encoded is decoded", () => {
  const frames = stream.chain((one) => {
    const [low, high] = [minRaw(one.type), maxRaw(one.type)];
    const raw = one.type.kind === "bipolar" ? fc.constantFrom(low, high) : fc.bigInt({ min: low, max: high });
    const count = elements(one.shape);
    const frame = fc.array(raw, { minLength: count, maxLength: count });
    return fc.tuple(fc.constant(one), fc.array(frame, { minLength: 1, maxLength: 3 }));
  });
  fc.assert(
    fc.property(frames, ([one, raws]) => {
      const bytes = encodePort(
        raws.map((frame) => storeRaws([frame], one.type)),
        one,
      );
      expect(bytes.length).toBe(raws.length * frameWords(one) * 8);
      expect(decodePort(bytes, one).map(toBigints)).toEqual(raws);
    }),
  );
});

test("pixels come in row-major order, channels last, frames at multiples of 8 bytes", () => {
  const one: Stream = { shape: [2, 1, 3], type: fixed(true, 8, 0) };
  const frame = Float64Array.from([1, 2, 3, -1, -2, -3]);
  expect([...new Int8Array(encodePort([frame, frame], one).buffer)]).toEqual(
    [1, -1, 2, -2, 3, -3, 0, 0].concat([1, -1, 2, -2, 3, -3, 0, 0]),
  );
});

test("the container is the smallest that holds the type", () => {
  const widths = [1, 8, 9, 16, 17, 32, 33, 64].map((width) => containerBits(fixed(true, width, 0)));
  expect(widths).toEqual([8, 8, 16, 16, 32, 32, 64, 64]);
  expect(containerBits(BIPOLAR)).toBe(8);
});
