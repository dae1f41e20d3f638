/** Feature maps as the reference executor holds them, one image at a time. */
import type { DataType } from "./data-type.ts";
import { signedBits } from "./data-type.ts";

/** Channels, height, width. */
export type Shape = readonly [channels: number, height: number, width: number];

/** Integers: doubles while every one of them (and the computation) stays below 2^52 in magnitude, else bigints. */
export type Raws = Float64Array | bigint[];

/** Up to this width (bits) integers are held in doubles: sums with half a unit, as rounding needs them, are still exact. */
export const DOUBLE_BITS = 52;

/** Raws of `type`, channel-major as PyTorch has them: index = (channel * height + row) * width + column. */
export interface Tensor {
  readonly type: DataType;
  readonly shape: Shape;
  readonly data: Raws;
}

export const elements = ([channels, height, width]: Shape): number => channels * height * width;
export const sameShape = (a: Shape, b: Shape): boolean => a.every((size, axis) => size === b[axis]);

/** `[C]` for a vector, `[C,H,W]` otherwise: the shape as a user writes it. */
export const formatShape = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** Zeros that hold raws with |raw| <= 2^(bits-1). */
export const makeRaws = (length: number, bits: number): Raws =>
  bits < DOUBLE_BITS ? new Float64Array(length) : new Array<bigint>(length).fill(0n);

export const toBigints = (raws: Raws): bigint[] => (Array.isArray(raws) ? raws : Array.from(raws, BigInt));

/** True if tensors of the type hold doubles. */
const fitsDoubles = (type: DataType): boolean => signedBits(type) < DOUBLE_BITS;

/** Joins pieces into the raws of a tensor of the type, whatever the computation needed. */
export function storeRaws(pieces: readonly Raws[], type: DataType): Raws {
  if (!fitsDoubles(type)) return pieces.flatMap(toBigints);
  const [only] = pieces;
  if (pieces.length === 1 && only instanceof Float64Array) return only;
  const out = new Float64Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(Array.isArray(piece) ? Float64Array.from(piece, Number) : piece, at);
    at += piece.length;
  }
  return out;
}
