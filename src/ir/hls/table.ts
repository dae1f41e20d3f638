/** Constants of a stage: arrays of native integers, which every HLS release takes in any number (class initialisers it does not). */

import { smallestType } from "../data-type.ts";
import { greatest, least } from "../extremes.ts";

export interface HlsTable {
  readonly name: string;
  readonly summary: string;
  /** `uint8_t` to `uint64_t` or `int8_t` to `int64_t`. */
  readonly type: string;
  readonly dimensions: readonly number[];
  /** Row-major. */
  readonly values: ArrayLike<number | bigint>;
  /** Dimensions (from 1) that are read side by side. */
  readonly partition: readonly number[];
  /** What kind of memory; left out, the tool chooses. */
  readonly storage?: "lutram" | "bram" | undefined;
}

/** The smallest native integer type that holds all the values. */
export function integerType(values: readonly bigint[]): string {
  const low = least([0n, ...values]);
  const high = greatest([0n, ...values]);
  const { signed, width } = smallestType(low, high, 0);
  return nativeType(width, signed);
}

/** The smallest native integer type of at least so many bits. */
export function nativeType(bits: number, signed: boolean): string {
  const size = [8, 16, 32].find((candidate) => bits <= candidate) ?? 64;
  return `${signed ? "" : "u"}int${size}_t`;
}

export function integerTable(
  name: string,
  summary: string,
  dimensions: readonly number[],
  values: readonly bigint[],
  partition: readonly number[],
): HlsTable {
  return { name, summary, type: integerType(values), dimensions, values, partition };
}
