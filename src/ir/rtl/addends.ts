/**
 * What a sum is added up from. An adder takes a plain number in one operand, and in the other one, at no further cost, any function of
 * up to five bits for each bit of it: a multiple of a few bits by a constant that depends on the phase, or a digit's choice of 0, x and
 * 2x. Such a function is subtracted: so Yosys keeps it in the LUT of the adder.
 */
import { signedDigits } from "../signed-digits.ts";
import type { LinearForm, Term } from "./linear-form.ts";
import { isUniform } from "./linear-form.ts";
import type { Phases } from "./phases.ts";
import { phasesOf, placeOf } from "./phases.ts";
import type { Pipeline, Place, Signal } from "./pipeline.ts";
import { placesOf } from "./pipeline.ts";
import { inPairs, truth, truthInPairs } from "./tables.ts";
import { asSigned, instance, signedLiteral, unsignedLiteral } from "./verilog.ts";

export interface Addend {
  /** Bits below it that are 0. */
  readonly shift: number;
  /** When it is there. */
  readonly time: number;
  /** Of the number without those bits. */
  readonly low: bigint;
  readonly high: bigint;
  /** LUTs beside those of the adder. */
  readonly extra: number;
  /** LUTs if a sum begins with it, undefined if none can. */
  readonly first: number | undefined;
  /** The right side of an adder: "+ x" or "- x". */
  operand(pipeline: Pipeline, time: number): string;
  /** A sum that begins with it, whose next addend is there at `next`. */
  begin(pipeline: Pipeline, next: number): Signal;
}

/** Bits of a two's complement word for all from low to high. */
export const spanBits = (low: bigint, high: bigint): number => Math.max(magnitudeBits(low), magnitudeBits(high)) + 1;

function magnitudeBits(raw: bigint): number {
  const magnitude = raw < 0n ? ~raw : raw;
  return magnitude < 0x80000000n ? 32 - Math.clz32(Number(magnitude)) : magnitude.toString(2).length;
}

const text = (pipeline: Pipeline, signal: Signal, time: number): string =>
  asSigned(signal.signed, pipeline.at(signal, time));

export function plain(signal: Signal, shift: number, negative: boolean): Addend {
  const { low, high, time } = signal;
  return {
    ...{ shift, time: signal.literal ? 0 : time, extra: 0, first: negative ? undefined : 0 },
    low: negative ? -high : low,
    high: negative ? -low : high,
    operand: (pipeline, at) => `${negative ? "-" : "+"} ${text(pipeline, signal, at)}`,
    begin: () => signal,
  };
}

export function literal(raw: bigint): Addend {
  const width = spanBits(raw, raw);
  const shape = { width, signed: true, time: 0, low: raw, high: raw, literal: true };
  return plain({ ...shape, name: signedLiteral(width, raw) }, 0, false);
}

/** The index of a table: some bits of a signal, and the phase above them. */
interface Index {
  readonly phases: Phases;
  readonly signal?: Signal | undefined;
  readonly places: readonly Place[];
}

function indexText({ phases: { choice, rows }, signal, places }: Index, pipeline: Pipeline, time: number): string {
  const parts = [
    ...(choice ? [`${pipeline.at(choice, time, choice.width - 1, 1)}[${choice.width - 1}]`] : []),
    ...(rows > 1 ? [pipeline.row(time)] : []),
    ...(signal ? places.map(({ bit }) => `${pipeline.at(signal, time, bit, 1)}[${bit}]`).reverse() : []),
  ];
  const text = `{${parts.join(", ")}}`;
  if (!signal?.signed || parts.length !== signal.width) return text;
  // Yosys 0.23 fails an assertion where a port is connected to all bits of a signed wire as an unsigned number.
  const name = pipeline.name();
  pipeline.lines(`wire [${parts.length - 1}:0] ${name} = ${text};`);
  return name;
}

/** For each phase a factor of what the bits stand for, and an offset; over 2^shift, which divides all of it. */
export function tabled(
  index: Index,
  factors: readonly bigint[],
  offset: readonly bigint[] | undefined,
  shift: number,
): Addend {
  const { phases, places, signal } = index;
  const bits = places.length;
  const width = phases.bits + bits;
  const value = (phase: number, number: bigint): bigint =>
    ((factors[phase] as bigint) * number + (offset?.[phase] ?? 0n)) >> BigInt(shift);
  const sumOf = (chosen: readonly Place[]) => chosen.reduce((sum, place) => sum + place.value, 0n);
  const extremes = [
    sumOf(places.filter((place) => place.value < 0n)),
    sumOf(places.filter((place) => place.value > 0n)),
  ];
  const values = () => {
    const numbers = Array.from({ length: 2 ** bits }, (_, i) => sumOf(places.filter((_, place) => (i >> place) & 1)));
    return all.flatMap((phase) => numbers.map((number) => value(phase, number)));
  };
  const all = Array.from({ length: 2 ** phases.bits }, (_, phase) => placeOf(phases, phase));
  let [low, high] = [value(all[0] as number, 0n), value(all[0] as number, 0n)];
  for (const phase of all)
    for (const number of extremes) {
      const raw = value(phase, number);
      if (raw < low) low = raw;
      if (raw > high) high = raw;
    }
  const luts = spanBits(low, high) * 2 ** Math.max(0, width - 6);
  const table = (pipeline: Pipeline, time: number, word: number, lines: typeof truth, sign = 1n) => {
    const [name, place] = [pipeline.name(), indexText(index, pipeline, time)];
    pipeline.lines(`wire signed [${word - 1}:0] ${name};`);
    pipeline.later(() =>
      lines(
        name,
        place,
        width,
        word,
        values().map((raw) => sign * raw),
      ),
    );
    return name;
  };
  const pairs = inPairs(width);
  const time = Math.max(signal?.time ?? 0, phases.choice?.time ?? 0);
  return {
    ...{ shift, time, low, high, extra: width > 5 ? luts : 0, first: pairs ? luts / 2 : luts },
    operand: (pipeline, at) => `- ${table(pipeline, at, spanBits(-high, -low), truth, -1n)}`,
    begin(pipeline, next) {
      // A constant is looked up when it is needed.
      const at = signal || phases.choice ? time : Math.max(time, next - 1);
      const word = spanBits(low, high);
      const shape = { width: word, signed: true, time: at, low, high };
      return pipeline.register(shape, table(pipeline, at, word, pairs ? truthInPairs : truth));
    },
  };
}

/** The constant of the form. */
export function constantAddend(form: LinearForm, rows: number, offset = form.offset): Addend {
  if (isUniform(offset)) return literal(offset[0] as bigint);
  return tabled({ phases: phasesOf(form, rows, [offset]), places: [] }, offset, offset, 0);
}

/** A constant times a signal as shifted terms, by its canonical signed digits. */
export function digitAddends({ signal, factors }: Term): Addend[] {
  return signedDigits(factors[0] as bigint).map(({ sign, shift }) => plain(signal, shift, sign < 0));
}

/**
 * Multiples of a few bits of the signal at a time, from tables: `first` of its places in the lowest one, `next` in each of the others. The
 * lowest one holds the constant of the form, too, if there is one given.
 */
export function tableAddends(
  form: LinearForm,
  rows: number,
  { signal, factors }: Term,
  { first, next }: { first: number; next: number },
  offset: readonly bigint[] | undefined,
): Addend[] {
  const addends: Addend[] = [];
  const all = placesOf(signal);
  for (let from = 0; from < all.length; ) {
    const places = all.slice(from, from + (from === 0 ? first : next));
    const start = from === 0 ? offset : undefined;
    const shift = zerosBelow([...places.map(({ value }) => value), ...(start ?? [])]);
    const phases = phasesOf(form, rows, start ? [factors, start] : [factors]);
    addends.push(tabled({ phases, signal, places }, factors, start, shift));
    from += places.length;
  }
  return addends;
}

/** A signal times 2^shift on one side of the choice, nothing on the other one: two bits of it a LUT. A sum can be it, or begin with it. */
export function maskedAddend({ choice }: LinearForm, rows: number, { signal, factors }: Term): Addend | undefined {
  const sides = [factors.slice(0, rows), factors.slice(rows)];
  const [factor = 0n] = sides.find((side) => side.some((raw) => raw !== 0n)) ?? [];
  const shift = zerosBelow([factor]);
  const uniform = sides.every(isUniform) && sides.some(([raw]) => raw === 0n);
  if (!choice || !uniform || factor !== 1n << BigInt(shift)) return undefined;
  const [low, high] = [signal.low > 0n ? 0n : signal.low, signal.high < 0n ? 0n : signal.high];
  const { width, signed } = signal;
  const time = Math.max(signal.time, choice.time);
  const kept = (side: number, x: string) => (sides[side]?.[0] === 0n ? `${width}'d0` : x);
  return {
    ...{ shift, time, low, high, extra: 0, first: width / 2 },
    operand: () => {
      throw new Error("internal error: a sum only begins with what is masked");
    },
    begin(pipeline) {
      const [name, x] = [pipeline.name(), pipeline.at(signal, time)];
      const negative = pipeline.at(choice, time, choice.width - 1, 1);
      const ports = { choose: `${negative}[${choice.width - 1}]`, a: kept(1, x), b: kept(0, x), y: name };
      pipeline.lines(`wire ${signed ? "signed " : ""}[${width - 1}:0] ${name};`);
      pipeline.lines(...instance("select", `mask_${name}`, { width }, ports));
      return pipeline.register({ ...signal, time, low, high }, name);
    },
  };
}

/** Bits that are 0 in all of them, from the lowest one on. */
export function zerosBelow(raws: readonly bigint[]): number {
  const any = raws.reduce((bits, raw) => bits | raw, 0n);
  let zeros = 0;
  while (any !== 0n && ((any >> BigInt(zeros)) & 1n) === 0n) zeros++;
  return zeros;
}

/** In the code of a digit: one, two, inverted. */
export const INVERTED = 4n;

/** Of a power of two as a digit of base 4. */
export const placeOfDigit = (shift: number): number => shift - (shift % 2);
/** The adder subtracts: a positive digit is inverted. */
export const digitCode = (shift: number, sign: number): bigint =>
  (shift % 2 === 0 ? 1n : 2n) + (sign > 0 ? INVERTED : 0n);

/** For factors that are anything: signed digits of base 4. What the inverted ones lack is in `lacks`, for each phase. */
export function selectedDigits(form: LinearForm, rows: number, { signal, factors }: Term) {
  const lacks = factors.map(() => 0n);
  const codes = new Map<number, bigint[]>();
  for (const [phase, factor] of factors.entries())
    for (const { sign, shift } of signedDigits(factor)) {
      const column = codes.get(placeOfDigit(shift)) ?? factors.map(() => 0n);
      column[phase] = digitCode(shift, sign);
      codes.set(placeOfDigit(shift), column);
    }
  const addends = [...codes].map(([place, column]) => {
    const [first] = column as [bigint];
    if (isUniform(column)) return plain(signal, place + (first & 2n ? 1 : 0), (first & INVERTED) === 0n);
    for (const [phase, code] of column.entries())
      if (code & INVERTED) lacks[phase] = (lacks[phase] as bigint) - (1n << BigInt(place));
    return selected(form, rows, signal, place, column);
  });
  return { addends, lacks };
}

/** 0, 1 or 2 times the signal, added or subtracted, by the code of each phase. */
export function selected(
  form: LinearForm,
  rows: number,
  signal: Signal,
  shift: number,
  codes: readonly bigint[],
): Addend {
  const width = signal.width + (signal.signed ? 0 : 1);
  const largest = 2n * (signal.high > -signal.low ? signal.high : -signal.low) + 1n;
  const { luts, time, code } = constantOf(form, rows, codes, 3);
  return {
    ...{ shift, time: Math.max(signal.time, time), low: -largest, high: largest },
    ...{ extra: luts, first: undefined },
    operand(pipeline, at) {
      const [digit, y] = [code(pipeline, at), pipeline.name()];
      pipeline.lines(
        `wire signed [${width}:0] ${y};`,
        ...instance("digit", `times_${y}`, { width }, { x: text(pipeline, signal, at), digit, y }),
      );
      return `- ${y}`;
    },
    begin: () => {
      throw new Error("internal error: a sum cannot begin with a digit");
    },
  };
}

/** A number of each phase from a table, its LUTs, when it is there at the earliest, and its name at a time. */
export function constantOf(form: LinearForm, rows: number, raws: readonly bigint[], width: number) {
  const phases = phasesOf(form, rows, [raws]);
  if (phases.bits === 0) return { luts: 0, time: 0, code: () => unsignedLiteral(width, raws[0] as bigint) };
  const entries = () => Array.from({ length: 2 ** phases.bits }, (_, phase) => raws[placeOf(phases, phase)] as bigint);
  return {
    luts: width * 2 ** Math.max(0, phases.bits - 6),
    time: (phases.choice?.time ?? 0) + 1,
    code(pipeline: Pipeline, at: number): string {
      const name = pipeline.name();
      const shape = { width, signed: false, time: at - 1, low: 0n, high: (1n << BigInt(width)) - 1n };
      const place = indexText({ phases, places: [] }, pipeline, at - 1);
      pipeline.lines(`wire [${width - 1}:0] ${name};`);
      pipeline.later(() => truth(name, place, phases.bits, width, entries()));
      // In a register, so that Yosys does not make the table again for each bit of the adder.
      return pipeline.at(pipeline.register(shape, name), at);
    },
  };
}
