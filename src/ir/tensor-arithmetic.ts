/** Exact arithmetic over whole feature maps: doubles while every bit fits, bigints beyond. */
import type { Arithmetic } from "./arithmetic.ts";
import type { Cast } from "./cast.ts";
import { castRaw } from "./cast.ts";
import { castDoubles } from "./cast-doubles.ts";
import { numeric } from "./data-type.ts";
import type { Parameter } from "./parameter.ts";
import { channelIndex, rawAt } from "./parameter.ts";
import { cutPoints } from "./range-arithmetic.ts";
import type { Raws, Shape, Tensor } from "./tensor.ts";
import { DOUBLE_BITS, elements, toBigints } from "./tensor.ts";

/** One raw for each element of the map, each with |raw| <= 2^(bits-1). */
export interface Value {
  readonly fraction: number;
  readonly bits: number;
  readonly data: Raws;
}

/** Signed bits that hold every raw of the type. */
const signedBits = (type: Tensor["type"]): number => {
  const { signed, width } = numeric(type);
  return signed ? width : width + 1;
};

export class TensorArithmetic implements Arithmetic<Value> {
  private readonly shape: Shape;
  /** Parameters spread over the map once, for all images. */
  private readonly spread = new Map<Parameter, Value>();

  constructor(shape: Shape) {
    this.shape = shape;
  }

  tensor({ type, data }: Tensor): Value {
    return { fraction: numeric(type).fraction, bits: signedBits(type), data };
  }

  parameter(parameter: Parameter): Value {
    const known = this.spread.get(parameter);
    if (known) return known;
    const value = this.spreadOut(parameter);
    this.spread.set(parameter, value);
    return value;
  }

  constant(raw: bigint, fraction: number): Value {
    const bits = raw.toString(2).length + 1;
    const data =
      bits > DOUBLE_BITS ? this.fillWide(() => raw) : new Float64Array(elements(this.shape)).fill(Number(raw));
    return { fraction, bits, data };
  }

  add(a: Value, b: Value): Value {
    const fraction = Math.max(a.fraction, b.fraction);
    const [x, y] = [rescaled(a, fraction), rescaled(b, fraction)];
    const bits = Math.max(x.bits, y.bits) + 1;
    if (bits > DOUBLE_BITS) return { fraction, bits, data: wide(x, y, (u, v) => u + v) };
    const [u, v] = [x.data as Float64Array, y.data as Float64Array];
    const out = new Float64Array(u.length);
    for (let i = 0; i < out.length; i++) out[i] = (u[i] as number) + (v[i] as number);
    return { fraction, bits, data: out };
  }

  multiply(a: Value, b: Value): Value {
    const fraction = a.fraction + b.fraction;
    const bits = a.bits + b.bits;
    if (bits > DOUBLE_BITS) return { fraction, bits, data: wide(a, b, (u, v) => u * v) };
    const [u, v] = [a.data as Float64Array, b.data as Float64Array];
    const out = new Float64Array(u.length);
    for (let i = 0; i < out.length; i++) out[i] = (u[i] as number) * (v[i] as number);
    return { fraction, bits, data: out };
  }

  ifNegative(x: Value, negative: (x: Value) => Value, otherwise: (x: Value) => Value): Value {
    const [n, o] = [negative(x), otherwise(x)];
    const fraction = Math.max(n.fraction, o.fraction);
    const [a, b] = [rescaled(n, fraction), rescaled(o, fraction)];
    const bits = Math.max(a.bits, b.bits);
    if (bits > DOUBLE_BITS || Array.isArray(x.data)) {
      const [u, v] = [toBigints(a.data), toBigints(b.data)];
      return {
        fraction,
        bits: Math.max(bits, DOUBLE_BITS + 1),
        data: u.map((raw, i) => ((x.data[i] as number) < 0 ? raw : (v[i] as bigint))),
      };
    }
    const [s, u, v] = [x.data, a.data as Float64Array, b.data as Float64Array];
    const out = new Float64Array(s.length);
    for (let i = 0; i < out.length; i++) out[i] = ((s[i] as number) < 0 ? u[i] : v[i]) as number;
    return { fraction, bits, data: out };
  }

  countThresholds(x: Value, thresholds: Parameter): Value {
    const [channels, height, width] = this.shape;
    const pixels = height * width;
    const out = new Float64Array(elements(this.shape));
    for (let c = 0; c < channels; c++) {
      const cuts = cutPoints(thresholds, x.fraction, c);
      for (let i = c * pixels; i < (c + 1) * pixels; i++) {
        const raw = x.data[i] as number;
        // Mixed comparisons of a number and a bigint are exact.
        for (const cut of cuts) if (raw >= cut) out[i] = (out[i] as number) + 1;
      }
    }
    return { fraction: 0, bits: 32, data: out };
  }

  cast(x: Value, cast: Cast | undefined): Value {
    if (!cast) return x;
    const { fraction } = numeric(cast.type);
    const bits = signedBits(cast.type);
    if (!Array.isArray(x.data) && bits <= DOUBLE_BITS)
      return { fraction, bits, data: castDoubles(x.data, x.fraction, x.bits, cast) };
    const raws = toBigints(x.data).map((raw) => castRaw(raw, x.fraction, cast));
    return { fraction, bits, data: bits > DOUBLE_BITS ? raws : Float64Array.from(raws, Number) };
  }

  private spreadOut(parameter: Parameter): Value {
    const [channels, height, width] = this.shape;
    const raws = Array.from({ length: channels }, (_, c) => rawAt(parameter, channelIndex(parameter, c)));
    const pixels = height * width;
    const bits = signedBits(parameter.type);
    const fraction = numeric(parameter.type).fraction;
    const at = (i: number) => raws[Math.floor(i / pixels)] as bigint;
    if (bits > DOUBLE_BITS) return { fraction, bits, data: this.fillWide(at) };
    return { fraction, bits, data: Float64Array.from({ length: elements(this.shape) }, (_, i) => Number(at(i))) };
  }

  private fillWide(at: (i: number) => bigint): bigint[] {
    return Array.from({ length: elements(this.shape) }, (_, i) => at(i));
  }
}

function wide(a: Value, b: Value, combine: (u: bigint, v: bigint) => bigint): bigint[] {
  const v = toBigints(b.data);
  return toBigints(a.data).map((u, i) => combine(u, v[i] as bigint));
}

/** The same values with more fraction bits. */
function rescaled(x: Value, fraction: number): Value {
  const shift = fraction - x.fraction;
  if (shift === 0) return x;
  const bits = x.bits + shift;
  if (bits > DOUBLE_BITS) return { fraction, bits, data: toBigints(x.data).map((raw) => raw << BigInt(shift)) };
  const scale = 2 ** shift;
  return { fraction, bits, data: (x.data as Float64Array).map((raw) => raw * scale) };
}
