/**
 * Runs a formula into SystemVerilog for one lane of a stage. Values stay linear forms for as long as they can, so that constants,
 * rounding and the choice of a prelu become part of one sum; every adder, table and saturation ends in a register of the pipeline.
 * Channels of the lane follow one another by row.
 */
import type { Arithmetic } from "../arithmetic.ts";
import type { Cast, FixedCast, Rounding } from "../cast.ts";
import { castRaw, isFixedCast, rescale } from "../cast.ts";
import type { DataType, FixedType } from "../data-type.ts";
import { numeric, signedBits } from "../data-type.ts";
import type { Parameter } from "../parameter.ts";
import type { Range } from "../range.ts";
import { fullRange, highest, lowest, typeOfRange } from "../range.ts";
import { cutPoints, fitsWithoutOverflow, RangeArithmetic, tableRow } from "../range-arithmetic.ts";
import { addUp } from "./adder-chain.ts";
import type { LateRounding } from "./cast.ts";
import { castInstance, castLuts, castPlaces } from "./cast.ts";
import { countOnes } from "./count-ones.ts";
import { cutOff, exact, roundedUp, zerosOf } from "./cuts.ts";
import type { LinearForm } from "./linear-form.ts";
import {
  added,
  addedToTail,
  apart,
  chosen,
  constantsOf,
  isConstant,
  isLiteral,
  raised,
  reduced,
  scaled,
  shifted,
  untailed,
  withDrop,
} from "./linear-form.ts";
import { phasesOf } from "./phases.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import { placesFrom } from "./pipeline.ts";
import { reaches } from "./reaches.ts";
import { table, tableLuts } from "./tables.ts";
import { asSigned, indexBits } from "./verilog.ts";

export interface SvValue {
  /** Has the fraction of the value, which is the form's after its cut. */
  readonly range: Range;
  readonly form: LinearForm;
  /** The signal of a value that is bipolar: one bit. */
  readonly bit?: Signal;
}

export class SvArithmetic implements Arithmetic<SvValue> {
  /** The lane's channels, by row. */
  private readonly channels: readonly number[];
  private readonly pipeline: Pipeline;
  private readonly ranges: RangeArithmetic;
  private readonly known = new Map<LinearForm, Signal>();
  /** Forms of which all but a constant is a signal already. */
  private readonly split = new Map<LinearForm, LinearForm>();

  constructor(pipeline: Pipeline, channels: readonly number[]) {
    this.pipeline = pipeline;
    this.channels = channels;
    this.ranges = new RangeArithmetic(channels.length);
  }

  /** An element that is there at time 0 as the bits `bits`. */
  input(bits: string, type: DataType, range = fullRange(type, this.channels.length)): SvValue {
    const shape = { time: 0, low: lowest(range), high: highest(range) };
    if (type.kind === "bipolar")
      return this.bipolar(this.pipeline.wire({ width: 1, signed: false, time: 0, low: 0n, high: 1n }, bits), range);
    return this.value(this.pipeline.wire({ ...shape, width: type.width, signed: type.signed }, bits), range);
  }

  /** A signal as a value. */
  value(signal: Signal, range: Range): SvValue {
    const form = this.sumOf([signal]);
    this.known.set(form, signal);
    return { range, form };
  }

  /** Sums that wrap around: the bits of a signal times 2^shift and of what is added to it, which together are in the range. */
  wrapped(bits: Signal, shift: number, offset: Signal | readonly bigint[], range: Range): SvValue {
    const factor = (raw: bigint) => this.rowsOf(raw);
    const sum = { signal: bits, factors: factor(1n << BigInt(shift)) };
    const form =
      "name" in offset
        ? { terms: [sum, { signal: offset, factors: factor(1n) }], offset: factor(0n), drop: 0 }
        : { terms: [sum], offset, drop: 0 };
    return this.value(this.added(form, range), range);
  }

  /** The bits of a value in a stream of that type. */
  bits(value: SvValue, type: DataType): Signal {
    if (value.bit !== undefined && type.kind === "bipolar") return value.bit;
    const { width, fraction } = numeric(type);
    const signal = this.signal(this.aligned(value, fraction));
    if (signal.width === width) return signal;
    const text = asSigned(signal.signed || !!signal.literal, signal.name);
    return this.pipeline.wire({ ...signal, width, signed: true }, text, { of: signal });
  }

  parameter(parameter: Parameter): SvValue {
    return constantValue(this.ranges.parameter(this.rows(parameter, 1)));
  }

  constant(raw: bigint, fraction: number): SvValue {
    return constantValue(this.ranges.constant(raw, fraction));
  }

  add(a: SvValue, b: SvValue): SvValue {
    const range = this.ranges.add(a.range, b.range);
    const [s, t] = [this.aligned(a, range.fraction), this.aligned(b, range.fraction)];
    if (s.form.tail && isLiteral(t.form)) return { range, form: addedToTail(s.form, t.form.offset) };
    if (t.form.tail && isLiteral(s.form)) return { range, form: addedToTail(t.form, s.form.offset) };
    const [x, y] = [this.withoutTail(s), this.withoutTail(t)];
    const joins = (x.form.drop === 0 || y.form.drop === 0) && (!x.form.choice || !y.form.choice || sameChoice(x, y));
    const [p, q] = joins ? [x.form, y.form] : [x.form, this.settled(y).form];
    const drop = Math.max(p.drop, q.drop);
    return { range, form: added(withDrop(p, drop), withDrop({ ...q, drop: q.drop }, drop)) };
  }

  multiply(a: SvValue, b: SvValue): SvValue {
    const range = this.ranges.multiply(a.range, b.range);
    const [x, constant] = isLiteral(a.form) ? [b, a] : [a, b];
    if (!isConstant(constant.form)) throw new Error("internal error: a product of two values");
    return { range, form: scaled(this.single(x).form, constant.form.offset) };
  }

  ifNegative(x: SvValue, negative: (x: SvValue) => SvValue, otherwise: (x: SvValue) => SvValue): SvValue {
    if (lowest(x.range) >= 0n) return otherwise(x);
    if (highest(x.range) < 0n) return negative(x);
    const whole = this.settled(x);
    const n = negative(limited(whole, (raw) => (raw > -1n ? -1n : raw)));
    const o = otherwise(limited(whole, (raw) => (raw < 0n ? 0n : raw)));
    const range = this.ranges.ifNegative(
      x.range,
      () => n.range,
      () => o.range,
    );
    const [below, above] = [n, o].map(
      (side) => this.withoutChoice(this.withoutTail(this.aligned(side, range.fraction))).form,
    );
    const drop = Math.max(below!.drop, above!.drop);
    return { range, form: chosen(this.signal(whole), withDrop(below!, drop), withDrop(above!, drop)) };
  }

  countThresholds(x: SvValue, thresholds: Parameter): SvValue {
    const range = this.ranges.countThresholds(x.range, this.rows(thresholds, thresholds.shape.at(-1) as number));
    const { fraction } = x.range;
    const cuts = this.channels.map((channel) => cutPoints(thresholds, fraction, channel));
    const signal = this.signal(x);
    const passed = (cuts[0] as bigint[]).map((_, i) =>
      reaches(
        signal,
        cuts.map((row) => row[i] as bigint),
        this.pipeline,
      ),
    );
    return this.value(countOnes(passed, this.pipeline), range);
  }

  lookup(x: SvValue, parameter: Parameter, low: bigint): SvValue {
    const range = this.ranges.lookup(x.range, this.rows(parameter, parameter.shape.at(-1) as number), low);
    const { channels, pipeline } = this;
    const signal = this.signal(x);
    const rows = channels.map((channel) => tableRow(parameter, channel));
    const different = rows.some((row) => row.some((raw, i) => raw !== rows[0]?.[i]));
    // Entries by the bits of x, whatever its sign.
    const entries = (different ? rows : rows.slice(0, 1)).flatMap((row) =>
      Array.from({ length: 2 ** signal.width }, (_, bits) => {
        const raw = signal.signed ? BigInt.asIntN(signal.width, BigInt(bits)) : BigInt(bits);
        return row[Number(raw - low)] ?? 0n;
      }),
    );
    const index = pipeline.at(signal, signal.time);
    const text = different ? `{${pipeline.row(signal.time)}, ${index}}` : index;
    const bits = signal.width + (different ? indexBits(channels.length) : 0);
    const shape = { width: widthOf(range), signed: true, time: signal.time, low: lowest(range), high: highest(range) };
    const name = pipeline.name();
    pipeline.later(() => table(name, shape.width, text, bits, entries));
    pipeline.spend(tableLuts(shape.width, 2 ** bits));
    return this.value(pipeline.register(shape, name), range);
  }

  cast(x: SvValue, cast: Cast | undefined): SvValue {
    if (!cast) return x;
    const range = this.ranges.cast(x.range, cast);
    if (!isFixedCast(cast)) return this.bipolar(this.notNegative(x), range);
    if (isConstant(x.form)) {
      const raws = constantsOf(x.form).map((raw) => castRaw(raw, x.range.fraction, cast));
      return constantValue({ fraction: cast.type.fraction, low: raws, high: raws });
    }
    if (!this.fits(x, cast)) return this.limitedCast(x, cast, range);
    return { ...this.rounded(x, cast), range };
  }

  /** True if the value never leaves the range of the cast's type. */
  private fits({ range: { low, high, fraction } }: SvValue, cast: FixedCast): boolean {
    return low.every((raw, row) => fitsWithoutOverflow([raw, high[row] as bigint], fraction, cast));
  }

  /** The value with the cast's fraction, not limited yet. */
  private rounded(x: SvValue, { type, rounding }: FixedCast): SvValue {
    const cut = x.range.fraction - type.fraction;
    if (cut <= 0) return this.aligned(x, type.fraction);
    const rescaled = (raws: readonly bigint[]) =>
      raws.map((raw) => rescale(raw, x.range.fraction, type.fraction, rounding));
    const range = { fraction: type.fraction, low: rescaled(x.range.low), high: rescaled(x.range.high) };
    if (!isCut(rounding)) {
      const terms = roundedUp(this.signal(x), cut, rounding, this.pipeline);
      return { range, form: this.sumOf(terms) };
    }
    const half = rounding === "AP_RND" ? 1n << BigInt(cut - 1) : 0n;
    const { form } = cut < (x.form.tail?.bits ?? 0) ? this.settled(x) : x;
    return { range, form: exact(cutOff(form, half, cut), this.pipeline) };
  }

  /** A step of its own that limits. */
  private limitedCast(x: SvValue, cast: FixedCast, range: Range): SvValue {
    // AP_WRAP_SM looks at the number before it is rounded.
    const value = cast.overflow === "AP_WRAP_SM" && cast.rounding !== "AP_TRN" ? x : this.rounded(x, cast);
    const signal = this.signal(value);
    const { pipeline } = this;
    const { width, signed } = cast.type;
    const name = pipeline.name();
    const number = asSigned(signal.signed, signal.name);
    const from = { width: signal.width + (signal.signed ? 0 : 1), fraction: value.range.fraction };
    pipeline.lines(`wire [${width - 1}:0] ${name};`, ...castInstance(`cast_${name}`, number, from, cast, name));
    const places = castPlaces(signal, from.fraction, cast);
    const shape = { width, signed, time: signal.time, low: lowest(range), high: highest(range), ...places };
    pipeline.spend(castLuts(from, cast, places.places?.length ?? width));
    const up = cast.type.fraction - from.fraction;
    if (cast.overflow === "AP_WRAP" && up >= 0)
      return this.value(pipeline.wire(shape, name, { of: signal, up }), range);
    pipeline.at(signal, signal.time);
    return this.value(pipeline.register(shape, name), range);
  }

  private notNegative(x: SvValue): Signal {
    const shape = { width: 1, signed: false, low: 0n, high: 1n };
    if (lowest(x.range) >= 0n) return { ...shape, time: 0, name: "1'b1", literal: true };
    if (highest(x.range) < 0n) return { ...shape, time: 0, name: "1'b0", literal: true };
    const signal = this.signal(x);
    const sign = signal.width - 1;
    const name = this.pipeline.at(signal, signal.time, sign, 1);
    return this.pipeline.wire({ ...shape, time: signal.time }, `!${name}[${sign}]`);
  }

  private bipolar(bit: Signal, range: Range): SvValue {
    if (bit.literal) return { ...constantValue(range), bit };
    const form = { terms: [{ signal: bit, factors: this.rowsOf(2n) }], offset: this.rowsOf(-1n), drop: 0 };
    return { form, range, bit };
  }

  /** The value as one signal. */
  signal({ form, range }: SvValue): Signal {
    let signal = this.known.get(form);
    if (!signal) {
      signal = this.added(reduced(this.split.get(form) ?? this.lowered(form, range)), range);
      this.known.set(form, signal);
    }
    return signal;
  }

  /** A tail as bits of a sum. */
  private lowered(form: LinearForm, { fraction, low, high }: Range): LinearForm {
    const { tail } = form;
    if (!tail) return form;
    const cut = (raws: readonly bigint[]) => raws.map((raw) => raw >> BigInt(tail.bits));
    const range = { fraction: fraction - tail.bits, low: cut(low), high: cut(high) };
    const signal = this.signal({ form: untailed(form), range });
    // It is the same whatever was chosen.
    const offset = tail.low.slice(0, this.channels.length);
    return { terms: [{ signal, factors: this.rowsOf(1n << BigInt(tail.bits)) }], offset, drop: 0 };
  }

  private added(form: LinearForm, range: Range): Signal {
    const { pipeline } = this;
    const width = widthOf(range);
    const sum = addUp(form, width + form.drop, pipeline);
    const zeros = form.drop > 0 ? 0 : zerosOf(form);
    const places = zeros > 0 && zeros < width ? { places: placesFrom(zeros, width, true) } : {};
    const shape = { width, signed: true, time: sum.time, low: lowest(range), high: highest(range), ...places };
    if (form.drop === 0 && sum.width === width && sum.signed && !sum.literal) return { ...sum, ...shape };
    const number = asSigned(sum.signed, sum.name);
    const text = `${number} >>> ${form.drop}`;
    return pipeline.wire({ ...shape, ...(sum.literal && { literal: true }) }, text, { of: sum, up: -form.drop });
  }

  /** The value without anything left to be done. */
  private settled(x: SvValue): SvValue {
    return isLiteral(x.form) ? x : this.value(this.signal(x), x.range);
  }

  private withoutChoice = (x: SvValue): SvValue => (x.form.choice ? this.settled(x) : x);
  private withoutTail = (x: SvValue): SvValue => (x.form.tail ? this.settled(x) : x);

  /** A form of one signal and a constant, for a product: the constant is not added before, since the product has one too. */
  private single(x: SvValue): SvValue {
    const { drop, terms, choice, tail } = x.form;
    const rows = phasesOf(
      x.form,
      this.channels.length,
      terms.map(({ factors }) => factors),
    ).rows;
    if (drop === 0 && terms.length <= 1 && (!choice || rows === 1)) return x;
    if (tail || this.known.has(x.form)) return this.settled(x);
    const { form, after } = apart(x.form, this.channels.length);
    const less = (raws: readonly bigint[]) => raws.map((raw, row) => raw - (after[row] as bigint));
    const range = { ...x.range, low: less(x.range.low), high: less(x.range.high) };
    const one = { ...this.value(this.signal({ form, range }), range).form, offset: after };
    this.split.set(x.form, one);
    return { range: x.range, form: one };
  }

  /** The value with at least as many fraction bits. */
  private aligned(x: SvValue, fraction: number): SvValue {
    const shift = fraction - x.range.fraction;
    if (shift === 0) return x;
    const { low, high } = x.range;
    const up = (raws: readonly bigint[]) => raws.map((raw) => raw << BigInt(shift));
    const form = x.form.drop > 0 ? raised(x.form, shift) : shifted(x.form, shift);
    return { range: { fraction, low: up(low), high: up(high) }, form };
  }

  /** The form that adds them up. */
  private sumOf = (signals: readonly Signal[]): LinearForm => ({
    terms: signals.map((signal) => ({ signal, factors: this.rowsOf(1n) })),
    offset: this.rowsOf(0n),
    drop: 0,
  });

  private rowsOf = (raw: bigint): bigint[] => new Array<bigint>(this.channels.length).fill(raw);

  /** The rows of this lane's channels of a parameter with `count` numbers for each channel. */
  private rows(parameter: Parameter, count: number): Parameter {
    if (parameter.data.length === count) return parameter;
    const { data, shape } = parameter;
    const picked = this.channels.flatMap((channel) => [...data.slice(channel * count, (channel + 1) * count)]);
    const rows = Object.assign(data.slice(0, picked.length), picked);
    return { ...parameter, shape: [this.channels.length, ...shape.slice(1)], data: rows };
  }
}

/** Bits of a signed word that holds the range. */
const widthOf = (range: Range): number => signedBits(typeOfRange(range) as FixedType);
const isCut = (rounding: Rounding): rounding is Exclude<Rounding, LateRounding> =>
  rounding === "AP_TRN" || rounding === "AP_RND";
const sameChoice = (x: SvValue, y: SvValue): boolean => x.form.choice?.name === y.form.choice?.name;
const constantValue = (range: Range): SvValue => ({ range, form: { terms: [], offset: range.low, drop: 0 } });

function limited(x: SvValue, limit: (raw: bigint) => bigint): SvValue {
  const { fraction, low, high } = x.range;
  return { ...x, range: { fraction, low: low.map(limit), high: high.map(limit) } };
}
