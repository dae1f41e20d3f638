/** Arrays as files hold them: what .npy, .npz and .safetensors have in common. */
import type { IntegerArray } from "../ir/parameter.ts";

export type NumericArray = IntegerArray | Float32Array | Float64Array;

/** Element types by numpy's names. */
const CONSTRUCTORS = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export type Dtype = keyof typeof CONSTRUCTORS;

/** `data` is row-major. */
export interface ArrayData {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly data: NumericArray;
}

/** An array of integers; booleans count as 0 and 1. */
export type IntegerArrayData = ArrayData & { readonly data: IntegerArray };

export const isInteger = (array: ArrayData): array is IntegerArrayData => !array.dtype.startsWith("float");

export const bytesPerElement = (dtype: Dtype): number => CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;

export const elementCountOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Little-endian bytes as elements; copied only where the bytes are not aligned. */
export function elementsOf(dtype: Dtype, bytes: Uint8Array): NumericArray {
  const Elements = CONSTRUCTORS[dtype];
  const size = Elements.BYTES_PER_ELEMENT;
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  return new Elements(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / size);
}

export const bytesOf = ({ buffer, byteOffset, byteLength }: NumericArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The element type of an array that has none stated. */
export function dtypeOf(data: NumericArray): Dtype {
  const found = Object.entries(CONSTRUCTORS).find(([name, Elements]) => name !== "bool" && data instanceof Elements);
  return (found as [Dtype, unknown])[0];
}

/** The bytes of a file are not what its format says; `message` completes "FILE is damaged or of another format: ". */
export class FormatProblem extends Error {}
