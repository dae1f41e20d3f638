/** Runs a formula over real numbers, a whole map at a time. */
import type { Arithmetic } from "./arithmetic.ts";
import type { Cast } from "./cast.ts";
import { castDoubles } from "./cast-doubles.ts";
import { numeric } from "./data-type.ts";
import type { Parameter } from "./parameter.ts";
import type { ValuesOf } from "./real.ts";
import type { Shape } from "./tensor.ts";
import { DOUBLE_BITS, elements } from "./tensor.ts";

/** Bits of a real number below the last one of the type, so that rounding and ties are those of the cast. */
const GUARD_BITS = 20;

export class RealArithmetic implements Arithmetic<Float64Array> {
  private readonly channels: number;
  private readonly pixels: number;
  private readonly valuesOf: ValuesOf;
  private readonly spread = new Map<Parameter, Float64Array>();

  constructor(shape: Shape, valuesOf: ValuesOf) {
    this.channels = shape[0];
    this.pixels = elements(shape) / shape[0];
    this.valuesOf = valuesOf;
  }

  parameter(parameter: Parameter): Float64Array {
    const known = this.spread.get(parameter);
    if (known) return known;
    const values = this.valuesOf(parameter);
    const map = this.each((i) => values[values.length === 1 ? 0 : this.channelOf(i)] as number);
    this.spread.set(parameter, map);
    return map;
  }

  constant(raw: bigint, fraction: number): Float64Array {
    return this.each(() => Number(raw) * 2 ** -fraction);
  }

  add(a: Float64Array, b: Float64Array): Float64Array {
    return this.each((i) => (a[i] as number) + (b[i] as number));
  }

  multiply(a: Float64Array, b: Float64Array): Float64Array {
    return this.each((i) => (a[i] as number) * (b[i] as number));
  }

  ifNegative(
    x: Float64Array,
    negative: (x: Float64Array) => Float64Array,
    otherwise: (x: Float64Array) => Float64Array,
  ): Float64Array {
    const [n, o] = [negative(x), otherwise(x)];
    return this.each((i) => ((x[i] as number) < 0 ? n[i] : o[i]) as number);
  }

  countThresholds(x: Float64Array, thresholds: Parameter): Float64Array {
    const values = this.valuesOf(thresholds);
    const count = thresholds.shape.at(-1) as number;
    const rowOf = (i: number) => (values.length === count ? 0 : this.channelOf(i) * count);
    return this.each((i) => values.subarray(rowOf(i), rowOf(i) + count).filter((t) => (x[i] as number) >= t).length);
  }

  lookup(): Float64Array {
    throw new Error("internal error: raws have no real meaning");
  }

  cast(x: Float64Array, cast: Cast | undefined): Float64Array {
    if (!cast) return x;
    const fraction = numeric(cast.type).fraction;
    const unit = 2 ** (fraction + GUARD_BITS);
    const raws = castDoubles(
      x.map((value) => Math.round(value * unit)),
      fraction + GUARD_BITS,
      DOUBLE_BITS,
      cast,
    );
    return raws.map((raw) => raw * 2 ** -fraction);
  }

  private channelOf(index: number): number {
    return Math.floor(index / this.pixels);
  }

  private each(value: (index: number) => number): Float64Array {
    const map = new Float64Array(this.channels * this.pixels);
    for (let i = 0; i < map.length; i++) map[i] = value(i);
    return map;
  }
}
