/**
 * Feature maps as they lie in memory at the accelerator's ports (src/templates/hls/port.hpp): one container of 8, 16, 32 or 64 bits for
 * each element, the smallest that holds its type, little-endian and sign-extended, a bipolar element as +1 or -1 in 8 bits;
 * pixels in row-major order, channels last; each frame padded with zeros to a multiple of 8 bytes.
 */
import type { DataType } from "../ir/data-type.ts";
import { bitWidth, numeric, signedBits } from "../ir/data-type.ts";
import type { Stream } from "../ir/graph.ts";
import type { Tensor } from "../ir/tensor.ts";
import { elements, makeRaws } from "../ir/tensor.ts";

/** Bits of an element's container. */
export function containerBits(type: DataType): 8 | 16 | 32 | 64 {
  const width = bitWidth(type);
  return width <= 8 ? 8 : width <= 16 ? 16 : width <= 32 ? 32 : 64;
}

/** 64-bit words of a frame. */
export const frameWords = ({ shape, type }: Stream): number => Math.ceil((elements(shape) * containerBits(type)) / 64);

/** Frames one after another, as the top function reads them. */
export function encodePort(frames: readonly Tensor["data"][], stream: Stream): Uint8Array {
  const frameBytes = frameWords(stream) * 8;
  const bytes = new Uint8Array(frames.length * frameBytes);
  for (const [i, raws] of frames.entries()) {
    const container = containerOf(stream.type, bytes.buffer, i * frameBytes, elements(stream.shape));
    forEachElement(stream, (at, index) => container.set(at, raws[index] as number | bigint));
  }
  return bytes;
}

/** The raws of each frame, channel-major as tensors have them. */
export function decodePort(bytes: Uint8Array, stream: Stream): Tensor["data"][] {
  const frameBytes = frameWords(stream) * 8;
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  return Array.from({ length: bytes.byteLength / frameBytes }, (_, i) => {
    const offset = aligned.byteOffset + i * frameBytes;
    const container = containerOf(stream.type, aligned.buffer, offset, elements(stream.shape));
    const raws = makeRaws(elements(stream.shape), signedBits(stream.type));
    forEachElement(stream, (at, index) => {
      const raw = container.get(at);
      if (Array.isArray(raws)) raws[index] = BigInt(raw);
      else raws[index] = Number(raw);
    });
    return raws;
  });
}

/** Place in the stream and index in the tensor of every element. */
function forEachElement(
  { shape: [channels, height, width] }: Stream,
  visit: (at: number, index: number) => void,
): void {
  const pixels = height * width;
  let at = 0;
  for (let p = 0; p < pixels; p++) for (let c = 0; c < channels; c++) visit(at++, c * pixels + p);
}

interface Container {
  get(at: number): number | bigint;
  set(at: number, raw: number | bigint): void;
}

function containerOf(type: DataType, buffer: ArrayBufferLike, offset: number, length: number): Container {
  const { signed } = numeric(type);
  const bits = containerBits(type);
  if (bits === 64) {
    const view = signed ? new BigInt64Array(buffer, offset, length) : new BigUint64Array(buffer, offset, length);
    return { get: (at) => view[at] as bigint, set: (at, raw) => (view[at] = BigInt(raw)) };
  }
  const view = smallView(bits, signed, buffer, offset, length);
  return { get: (at) => view[at] as number, set: (at, raw) => (view[at] = Number(raw)) };
}

function smallView(bits: 8 | 16 | 32, signed: boolean, buffer: ArrayBufferLike, offset: number, length: number) {
  if (bits === 8) return signed ? new Int8Array(buffer, offset, length) : new Uint8Array(buffer, offset, length);
  if (bits === 16) return signed ? new Int16Array(buffer, offset, length) : new Uint16Array(buffer, offset, length);
  return signed ? new Int32Array(buffer, offset, length) : new Uint32Array(buffer, offset, length);
}
