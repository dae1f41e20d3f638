/** What is known of the values of a stream: an interval for each channel. */

import type { DataType } from "./data-type.ts";
import { maxRaw, minRaw, numeric, smallestType } from "./data-type.ts";
import { greatest, least } from "./extremes.ts";

export interface Range {
  readonly fraction: number;
  /** Smallest and largest raw of each channel. */
  readonly low: readonly bigint[];
  readonly high: readonly bigint[];
}

/** Everything that the type can hold. */
export function fullRange(type: DataType, channels: number): Range {
  return constantRange(numeric(type).fraction, minRaw(type), maxRaw(type), channels);
}

export function constantRange(fraction: number, low: bigint, high: bigint, channels: number): Range {
  return { fraction, low: new Array<bigint>(channels).fill(low), high: new Array<bigint>(channels).fill(high) };
}

export const lowest = (range: Range): bigint => least(range.low);
export const highest = (range: Range): bigint => greatest(range.high);

/** The smallest type that holds the range. */
export const typeOfRange = (range: Range) => smallestType(lowest(range), highest(range), range.fraction);
