/** Stored tensors: weights, thresholds, scales. docs/ir.md §2. */

import type { DataType } from "./data-type.ts";
import { maxRaw, minRaw } from "./data-type.ts";
import { greatest, least } from "./extremes.ts";

export type IntegerArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

export const ENCODINGS = ["fixed", "bipolar", "ternary", "k-hot", "codebook"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface Parameter {
  readonly encoding: Encoding;
  readonly shape: readonly number[];
  /** Type of the values. */
  readonly type: DataType;
  /** Raws of `type`, row-major; for `bipolar` bits 0 and 1; for `codebook` indices into `table`. */
  readonly data: IntegerArray;
  /** Codebook only: raws of `type`. */
  readonly table?: readonly bigint[];
  /** K-hot only: the largest number of powers of two in an element, and whether they may be negative. */
  readonly terms?: number;
  readonly digits?: "signed" | "unsigned";
  /** The device may load others in their place: nothing may follow from the elements but what memories begin with. */
  readonly reloadable?: true;
}

/** Raw of `type` of one element: +1 or -1 for `bipolar`. */
export const rawAt = (parameter: Parameter, index: number): bigint =>
  rawOf(parameter, parameter.data[index] as number | bigint);

function rawOf(parameter: Parameter, stored: number | bigint): bigint {
  if (parameter.encoding === "bipolar") return stored ? 1n : -1n;
  if (parameter.table) return parameter.table[Number(stored)] as bigint;
  return BigInt(stored);
}

/** All raws as doubles: for parameters whose values fit (width <= 52). */
export function toDoubles(parameter: Parameter): Float64Array {
  const { data, table, encoding } = parameter;
  const out = new Float64Array(data.length);
  const levels = table && Float64Array.from(table, Number);
  for (let i = 0; i < out.length; i++) {
    const stored = Number(data[i]);
    out[i] = encoding === "bipolar" ? 2 * stored - 1 : levels ? (levels[stored] as number) : stored;
  }
  return out;
}

const distinct = new WeakMap<IntegerArray, readonly (number | bigint)[]>();

/** The raws that there are, each once. */
export function distinctRaws(parameter: Parameter): bigint[] {
  const { data } = parameter;
  const stored = distinct.get(data) ?? [...new Set<number | bigint>(data)];
  distinct.set(data, stored);
  return stored.map((one) => rawOf(parameter, one));
}

/** Smallest and largest raw. */
export function rawRange(parameter: Parameter): readonly [bigint, bigint] {
  const raws = distinctRaws(parameter);
  return [least(raws), greatest(raws)];
}

/** Smallest and largest raw that an element may have. */
export const allowedRaws = ({ encoding, type }: Parameter): readonly [bigint, bigint] =>
  encoding === "ternary" ? [-1n, 1n] : [minRaw(type), maxRaw(type)];

/** Per-channel parameters have one element for each channel, or one for all. */
export const channelIndex = (parameter: Parameter, channel: number): number =>
  parameter.data.length === 1 ? 0 : channel;
