/** Where the binary point of so many bits is best: the least squared error over the values that are shown. */
import type { FixedType } from "../ir/data-type.ts";
import { fixed, maxRaw, minRaw } from "../ir/data-type.ts";

/** A type that was chosen, and what it does to the values. */
export interface Choice {
  readonly type: FixedType;
  readonly low: number;
  readonly high: number;
  /** Signal to noise, in decibels; infinite where nothing is lost. */
  readonly snr: number;
}

/** Each further candidate cuts off half of the range and halves the step. Beyond these the values cut off always cost more. */
const CANDIDATES = 8;

export class Extent {
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;

  observe(values: Float64Array): void {
    for (const value of values) {
      if (value < this.low) this.low = value;
      if (value > this.high) this.high = value;
    }
  }
}

/** Types of `bits` bits: the one with the smallest step that just holds all values, and those with smaller steps. */
function candidates({ low, high }: Extent, bits: number, signed: boolean): FixedType[] {
  const widest = fixed(signed, bits, 0);
  const magnitude = Math.max(high, -low);
  if (magnitude === 0) return [widest];
  const holds = (fraction: number) =>
    round(high * 2 ** fraction) <= Number(maxRaw(widest)) && round(low * 2 ** fraction) >= Number(minRaw(widest));
  let fraction = bits + 1 - Math.floor(Math.log2(magnitude));
  while (!holds(fraction)) fraction--;
  return Array.from({ length: CANDIDATES }, (_, i) => fixed(signed, bits, fraction + i));
}

export class SquaredErrors {
  private readonly extent: Extent;
  private readonly types: readonly FixedType[];
  private readonly errors: Float64Array;
  private power = 0;

  constructor(extent: Extent, bits: number, signed = extent.low < 0) {
    this.extent = extent;
    this.types = candidates(extent, bits, signed);
    this.errors = new Float64Array(this.types.length);
  }

  observe(values: Float64Array): void {
    for (const value of values) this.power += value * value;
    for (const [i, type] of this.types.entries()) {
      const step = 2 ** -type.fraction;
      const raws = rawsOf(values, type);
      let sum = 0;
      for (let k = 0; k < values.length; k++) sum += ((values[k] as number) - (raws[k] as number) * step) ** 2;
      (this.errors[i] as number) += sum;
    }
  }

  best(): Choice {
    const least = this.errors.indexOf(Math.min(...this.errors));
    const { low, high } = this.extent;
    return { type: this.types[least] as FixedType, low, high, snr: decibels(this.power, this.errors[least] as number) };
  }
}

/** The values in units of the type, rounded as AP_RND and saturated as AP_SAT. */
export function rawsOf(values: Float64Array, type: FixedType): Float64Array {
  const [unit, low, high] = [2 ** type.fraction, Number(minRaw(type)), Number(maxRaw(type))];
  return values.map((value) => Math.min(high, Math.max(low, round(value * unit))));
}

const round = (value: number): number => Math.floor(value + 0.5);

export const decibels = (signal: number, noise: number): number =>
  noise === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
