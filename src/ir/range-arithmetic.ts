/** Interval arithmetic over the raws of each channel. */

import type { Arithmetic } from "./arithmetic.ts";
import type { Cast } from "./cast.ts";
import { castRaw, isFixedCast, keptRange, rescale } from "./cast.ts";
import { maxRaw, minRaw, numeric } from "./data-type.ts";
import { greatest, least } from "./extremes.ts";
import type { Parameter } from "./parameter.ts";
import { channelIndex, rawAt } from "./parameter.ts";
import type { Range } from "./range.ts";
import { constantRange } from "./range.ts";

type Interval = readonly [low: bigint, high: bigint];

export class RangeArithmetic implements Arithmetic<Range> {
  private readonly channels: number;

  constructor(channels: number) {
    this.channels = channels;
  }

  parameter(parameter: Parameter): Range {
    const values = Array.from({ length: this.channels }, (_, c) => rawAt(parameter, channelIndex(parameter, c)));
    return { fraction: numeric(parameter.type).fraction, low: values, high: values };
  }

  constant(raw: bigint, fraction: number): Range {
    return constantRange(fraction, raw, raw, this.channels);
  }

  add(a: Range, b: Range): Range {
    const [x, y] = aligned(a, b);
    return this.build(x.fraction, (c) => [at(x.low, c) + at(y.low, c), at(x.high, c) + at(y.high, c)]);
  }

  multiply(a: Range, b: Range): Range {
    return this.build(a.fraction + b.fraction, (c) => {
      const [p, q, r, s] = [at(a.low, c), at(a.high, c), at(b.low, c), at(b.high, c)];
      const corners = [p * r, p * s, q * r, q * s];
      return [least(corners), greatest(corners)];
    });
  }

  /** The two parts are computed for the part of the interval on their side; a side that cannot occur takes no part. */
  ifNegative(x: Range, negative: (x: Range) => Range, otherwise: (x: Range) => Range): Range {
    const below = this.build(x.fraction, (c) => [clampTo(at(x.low, c), -1n), clampTo(at(x.high, c), -1n)]);
    const above = this.build(x.fraction, (c) => [raiseTo(at(x.low, c), 0n), raiseTo(at(x.high, c), 0n)]);
    const [n, o] = aligned(negative(below), otherwise(above));
    return this.build(n.fraction, (c) => {
      if (at(x.low, c) >= 0n) return [at(o.low, c), at(o.high, c)];
      if (at(x.high, c) < 0n) return [at(n.low, c), at(n.high, c)];
      return [least([at(n.low, c), at(o.low, c)]), greatest([at(n.high, c), at(o.high, c)])];
    });
  }

  /** Everything that is in one of the two. */
  union(a: Range, b: Range): Range {
    const [x, y] = aligned(a, b);
    return this.build(x.fraction, (c) => [
      least([at(x.low, c), at(y.low, c)]),
      greatest([at(x.high, c), at(y.high, c)]),
    ]);
  }

  countThresholds(x: Range, thresholds: Parameter): Range {
    const count = (raw: bigint, channel: number) => BigInt(thresholdsPassed(raw, x.fraction, thresholds, channel));
    return this.build(0, (c) => [count(at(x.low, c), c), count(at(x.high, c), c)]);
  }

  lookup(x: Range, table: Parameter, low: bigint): Range {
    return this.build(numeric(table.type).fraction, (c) => {
      const entries = tableRow(table, c).slice(Number(at(x.low, c) - low), Number(at(x.high, c) - low) + 1);
      return [least(entries), greatest(entries)];
    });
  }

  cast(x: Range, cast: Cast | undefined): Range {
    if (!cast) return x;
    const { fraction } = numeric(cast.type);
    return this.build(fraction, (c) => castInterval([at(x.low, c), at(x.high, c)], x.fraction, cast));
  }

  private build(fraction: number, interval: (channel: number) => Interval): Range {
    const intervals = Array.from({ length: this.channels }, (_, c) => interval(c));
    return { fraction, low: intervals.map(([low]) => low), high: intervals.map(([, high]) => high) };
  }
}

const at = (values: readonly bigint[], index: number): bigint => values[index] as bigint;
const clampTo = (value: bigint, limit: bigint): bigint => (value > limit ? limit : value);
const raiseTo = (value: bigint, limit: bigint): bigint => (value < limit ? limit : value);

/** Brings both ranges to the larger fraction; nothing is lost. */
function aligned(a: Range, b: Range): [Range, Range] {
  const fraction = Math.max(a.fraction, b.fraction);
  return [rescaled(a, fraction), rescaled(b, fraction)];
}

function rescaled(range: Range, fraction: number): Range {
  const shift = BigInt(fraction - range.fraction);
  if (shift === 0n) return range;
  return { fraction, low: range.low.map((raw) => raw << shift), high: range.high.map((raw) => raw << shift) };
}

/** Rounding keeps the order, so the ends tell all while nothing overflows (or saturates to the nearest bound). */
export function castInterval([low, high]: Interval, fraction: number, cast: Cast): Interval {
  if (fitsWithoutOverflow([low, high], fraction, cast) || (isFixedCast(cast) && /^AP_SAT(_SYM)?$/.test(cast.overflow)))
    return [castRaw(low, fraction, cast), castRaw(high, fraction, cast)];
  return [minRaw(cast.type), maxRaw(cast.type)];
}

/** True if the overflow mode of the cast never comes into play for values of the interval. */
export function fitsWithoutOverflow([low, high]: Interval, fraction: number, cast: Cast): boolean {
  if (!isFixedCast(cast)) return true;
  const [floor, ceiling] = keptRange(cast);
  const rounded = (raw: bigint) => rescale(raw, fraction, cast.type.fraction, cast.rounding);
  return rounded(low) >= floor && rounded(high) <= ceiling;
}

/** A channel's raws in a parameter with several for each channel, or for all. */
export function tableRow(table: Parameter, channel: number): bigint[] {
  const count = table.shape.at(-1) as number;
  const base = table.data.length === count ? 0 : channel * count;
  return Array.from({ length: count }, (_, i) => rawAt(table, base + i));
}

/** Thresholds of a channel that are <= raw * 2^-fraction. */
export function thresholdsPassed(raw: bigint, fraction: number, thresholds: Parameter, channel: number): number {
  return cutPoints(thresholds, fraction, channel).filter((cut) => raw >= cut).length;
}

/** The channel's thresholds as raws of another fraction: the smallest raw that is not below each. */
export function cutPoints(thresholds: Parameter, fraction: number, channel: number): bigint[] {
  const shift = BigInt(numeric(thresholds.type).fraction - fraction);
  return tableRow(thresholds, channel).map((raw) => (shift > 0n ? -(-raw >> shift) : raw << -shift));
}
