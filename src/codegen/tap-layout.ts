/** Tap files (src/templates/hls/tap.hpp): raws as little-endian int64, frame after frame, pixel by pixel, channels last. */
import { signedBits } from "../ir/data-type.ts";
import type { Stream } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import { DOUBLE_BITS, elements, makeRaws } from "../ir/tensor.ts";

/** The raws of each frame, channel-major as tensors have them. */
export function decodeTap(bytes: Uint8Array, stream: Stream): Raws[] {
  const size = elements(stream.shape);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / (8 * size) }, (_, frame) =>
    decodeFrame(view, frame * size * 8, stream),
  );
}

function decodeFrame(view: DataView, begin: number, { shape, type }: Stream): Raws {
  const [channels, height, width] = shape;
  const pixels = height * width;
  const raws = makeRaws(channels * pixels, signedBits(type));
  // Below 2^52 the halves are put together exactly in a double, which is far quicker than a bigint.
  const small = signedBits(type) < DOUBLE_BITS;
  const signed = type.kind === "bipolar" || type.signed;
  let at = begin;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < channels; channel++, at += 8) {
      const index = channel * pixels + pixel;
      if (small) raws[index] = view.getUint32(at, true) + view.getInt32(at + 4, true) * 2 ** 32;
      else raws[index] = signed ? view.getBigInt64(at, true) : view.getBigUint64(at, true);
    }
  }
  return raws;
}

/** The same of images: what cosim's harness reads. */
export function encodeTap(frames: readonly Raws[], { shape: [channels, height, width] }: Stream): Uint8Array {
  const pixels = height * width;
  const words = new BigInt64Array(frames.length * channels * pixels);
  let at = 0;
  for (const raws of frames)
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let channel = 0; channel < channels; channel++)
        words[at++] = BigInt(raws[channel * pixels + pixel] as number);
  return new Uint8Array(words.buffer);
}
