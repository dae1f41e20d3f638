/** Images and labels in, results out: arrays of integers as PyTorch has them, (N, channels, height, width). */
import type { Diagnostic } from "../diagnostics.ts";
import {
  DiagnosticError,
  inputRange,
  inputsEmpty,
  inputsShape,
  inputsType,
  labelRange,
  labelsShape,
  labelsType,
} from "../diagnostics.ts";
import type { DataType } from "../ir/data-type.ts";
import { formatType, maxRaw, minRaw, signedBits } from "../ir/data-type.ts";
import type { Stream } from "../ir/graph.ts";
import type { Raws, Shape } from "../ir/tensor.ts";
import { elements, storeRaws } from "../ir/tensor.ts";
import type { ArrayData, IntegerArrayData } from "./array.ts";
import { isInteger } from "./array.ts";
import { readArray } from "./read-array.ts";

/** Raws of each image of a .npy or .npz file. Rejects with a DiagnosticError. */
export async function readImages(file: string, key: string | undefined, stream: Stream): Promise<Raws[]> {
  const array = await readArray(file, key);
  const wanted = imageShape(stream.shape);
  if (!isInteger(array)) throw problem(inputsType(file, array.dtype));
  if (array.shape.slice(1).join() !== wanted.join()) throw problem(inputsShape(file, array.shape, wanted));
  if (array.shape[0] === 0) throw problem(inputsEmpty(file));
  return split(file, array, stream);
}

function split(file: string, { dtype, data, shape }: IntegerArrayData, { shape: map, type }: Stream): Raws[] {
  const length = elements(map);
  // Bits stand for -1 and +1 where the stream is bipolar.
  const values =
    dtype === "bool" && type.kind === "bipolar" ? Int8Array.from(data as Uint8Array, (bit) => 2 * bit - 1) : data;
  const bad = firstOutside(values, type);
  if (bad !== undefined)
    throw problem(inputRange(file, Math.floor(bad / length), String(values[bad]), formatType(type)));
  return Array.from({ length: shape[0] as number }, (_, image) => {
    const part = values.subarray(image * length, (image + 1) * length);
    const raws: Raws =
      typeof part[0] === "bigint" ? [...(part as BigInt64Array)] : Float64Array.from(part as Int32Array);
    return storeRaws([raws], type);
  });
}

/** Index of the first value that the type does not hold. */
function firstOutside(values: IntegerArrayData["data"], type: DataType): number | undefined {
  const [low, high] = [minRaw(type), maxRaw(type)];
  const isZero = type.kind === "bipolar" ? (value: number | bigint) => Number(value) === 0 : () => false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number | bigint;
    if (value < low || value > high || isZero(value)) return i;
  }
  return undefined;
}

const problem = (diagnostic: Diagnostic) => new DiagnosticError([diagnostic]);

/** One class, below `classes`, for each of the first `images` images; `key` is the array of a .npz file. */
export async function readLabels(file: string, key: string, images: number, classes: number): Promise<number[]> {
  const array = await readArray(file, key);
  if (!isInteger(array)) throw problem(labelsType(file, array.dtype));
  if (array.shape.length !== 1 || array.data.length < images) throw problem(labelsShape(file, array.shape, images));
  const labels = Array.from(array.data.subarray(0, images), Number);
  const bad = labels.findIndex((label) => label < 0 || label >= classes);
  if (bad >= 0) throw problem(labelRange(file, bad, String(array.data[bad]), classes));
  return labels;
}

/** A vector's images have no height and width. */
const imageShape = ([channels, height, width]: Shape): number[] =>
  height === 1 && width === 1 ? [channels] : [channels, height, width];

/** Raw integers, one entry for each image: int32 if every value of the type fits, else 64 bits. */
export function resultArray(results: readonly Raws[], { shape, type }: Stream): ArrayData {
  const length = elements(shape);
  const bits = signedBits(type);
  const [dtype, Data] =
    bits <= 32
      ? (["int32", Int32Array] as const)
      : bits <= 64
        ? (["int64", BigInt64Array] as const)
        : (["uint64", BigUint64Array] as const);
  const data = new Data(results.length * length);
  for (const [image, raws] of results.entries()) {
    const values = data instanceof Int32Array ? Array.from(raws, Number) : Array.from(raws, BigInt);
    data.set(values as number[] & bigint[], image * length);
  }
  return { dtype, shape: [results.length, ...imageShape(shape)], data };
}
