/**
 * What a sum is added up from. An adder takes a plain number in one operand, and in the other one, at no further cost, any function of
 * up to five bits for each bit of it: a multiple of a few bits by a constant that depends on the phase, or a digit's choice of 0, x and
 * 2x. Such a function is subtracted: so Yosys keeps it in the LUT of the adder.
 */
import { signedDigits } from "../signed-digits.ts";
import type { LinearForm, Term } from "./linear-form.ts";
import { isUniform } from "./linear-form.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import { indexBits, instance, signedLiteral, unsignedLiteral } from "./verilog.ts";

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

/** Bits that name a phase. */
export const phaseBits = ({ choice }: LinearForm, rows: number): number =>
  (rows > 1 ? indexBits(rows) : 0) + (choice ? 1 : 0);

/** Bits of a two's complement word for all from low to high. */
export const spanBits = (low: bigint, high: bigint): number =>
  Math.max(
    ...[low, high].map((raw) => (raw < 0n ? ~raw : raw).toString(2).length * (raw === 0n || raw === -1n ? 0 : 1)),
  ) + 1;

const text = (pipeline: Pipeline, signal: Signal, time: number): string =>
  signal.signed ? pipeline.at(signal, time) : `$signed({1'b0, ${pipeline.at(signal, time)}})`;

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

/** The index of a table: bits of a signal, and the phase above them. */
interface Index {
  readonly form: LinearForm;
  readonly rows: number;
  readonly signal?: Signal | undefined;
  readonly from: number;
  readonly bits: number;
}

const indexWidth = ({ form, rows, bits }: Index): number => phaseBits(form, rows) + bits;

function indexText({ form: { choice }, rows, signal, from, bits }: Index, pipeline: Pipeline, time: number): string {
  const parts = [
    ...(choice ? [`${pipeline.at(choice, time, choice.width - 1, 1)}[${choice.width - 1}]`] : []),
    ...(rows > 1 ? [pipeline.row(time)] : []),
    ...(signal ? [`${pipeline.at(signal, time, from, bits)}[${from}+:${bits}]`] : []),
  ];
  return `{${parts.join(", ")}}`;
}

/** A function of the phase and `bits` bits of a signal that is least and greatest, in each phase, at two values of the bits. */
export function tabled(
  index: Index,
  shift: number,
  value: (phase: number, bits: bigint) => bigint,
  extremes: readonly bigint[] = [0n],
): Addend {
  const width = indexWidth(index);
  const { form, rows, bits, signal } = index;
  const rowBits = rows > 1 ? indexBits(rows) : 0;
  const values = () =>
    Array.from({ length: 2 ** width }, (_, i) => {
      const phase = i >> bits;
      const row = Math.min(phase & (2 ** rowBits - 1), rows - 1);
      return value((phase >> rowBits) * rows + row, BigInt(i & (2 ** bits - 1)));
    });
  const bounds = form.offset.flatMap((_, phase) => extremes.map((bits) => value(phase, bits)));
  const [low, high] = [least(bounds), greatest(bounds)];
  const luts = spanBits(low, high) * 2 ** Math.max(0, width - 6);
  const table = (pipeline: Pipeline, time: number, word: number, entries: () => readonly bigint[]): string => {
    const [name, place] = [pipeline.name(), indexText(index, pipeline, time)];
    pipeline.lines(`wire signed [${word - 1}:0] ${name};`);
    pipeline.later(() => truth(name, place, width, word, entries()));
    return name;
  };
  const time = Math.max(signal?.time ?? 0, form.choice?.time ?? 0);
  return {
    ...{ shift, time, low, high, extra: width > 5 ? luts : 0, first: luts },
    operand: (pipeline, at) => `- ${table(pipeline, at, spanBits(-high, -low), () => values().map((raw) => -raw))}`,
    begin(pipeline, next) {
      // A constant is looked up when it is needed.
      const at = signal || form.choice ? time : Math.max(time, next - 1);
      const word = spanBits(low, high);
      const shape = { width: word, signed: true, time: at, low, high };
      return pipeline.register(shape, table(pipeline, at, word, values));
    },
  };
}

/** An instance of bitloom_truth that gives each entry of a table for its index. */
export function truth(name: string, index: string, inputs: number, bits: number, entries: readonly bigint[]): string[] {
  const columns = Array.from({ length: bits }, (_, bit) =>
    [...entries]
      .reverse()
      .map((raw) => ((raw >> BigInt(bit)) & 1n).toString())
      .join(""),
  );
  const table = unsignedLiteral(bits * 2 ** inputs, BigInt(`0b${columns.reverse().join("")}`));
  return instance("truth", `table_${name}`, { inputs, bits, table }, { index, y: name });
}

/** The constant of the form. */
export function constantAddend(form: LinearForm, rows: number, offset = form.offset): Addend {
  if (isUniform(offset)) return literal(offset[0] as bigint);
  return tabled({ form, rows, from: 0, bits: 0 }, 0, (phase) => offset[phase] as bigint);
}

/** A constant times a signal as shifted terms, by its canonical signed digits. */
export function digitAddends({ signal, factors }: Term): Addend[] {
  return signedDigits(factors[0] as bigint).map(({ sign, shift }) => plain(signal, shift, sign < 0));
}

/**
 * Multiples of a few bits of the signal at a time, from tables: `first` bits of it in the lowest one, `next` in each of the others. The
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
  for (let from = 0; from < signal.width; ) {
    const bits = Math.min(from === 0 ? first : next, signal.width - from);
    const top = signal.signed && from + bits === signal.width;
    const start = from === 0 ? offset : undefined;
    addends.push(
      tabled(
        { form, rows, signal, from, bits },
        from,
        (phase, raw) => {
          const number = top ? BigInt.asIntN(bits, raw) : raw;
          return (factors[phase] as bigint) * number + (start?.[phase] ?? 0n);
        },
        extremesOf(bits, top),
      ),
    );
    from += bits;
  }
  return addends;
}

/** The bits of the least and of the greatest number. */
function extremesOf(bits: number, signed: boolean): readonly bigint[] {
  const half = 1n << BigInt(bits - 1);
  return signed ? [half, half - 1n] : [0n, 2n * half - 1n];
}

/** For factors that are anything: signed digits of base 4. What the inverted ones lack is in `lacks`, for each phase. */
export function selectedDigits(form: LinearForm, rows: number, { signal, factors }: Term) {
  const lacks = factors.map(() => 0n);
  const codes = new Map<number, bigint[]>();
  for (const [phase, factor] of factors.entries())
    for (const { sign, shift } of signedDigits(factor)) {
      const place = shift - (shift % 2);
      const column = codes.get(place) ?? factors.map(() => 0n);
      // The adder subtracts: a positive digit is inverted.
      column[phase] = (shift % 2 === 0 ? 1n : 2n) + (sign > 0 ? 4n : 0n);
      codes.set(place, column);
      if (sign > 0) lacks[phase] = (lacks[phase] as bigint) - (1n << BigInt(place));
    }
  const addends = [...codes].map(([place, column]) => selected(form, rows, signal, place, column));
  return { addends, lacks };
}

function selected(form: LinearForm, rows: number, signal: Signal, shift: number, codes: readonly bigint[]): Addend {
  const width = signal.width + (signal.signed ? 0 : 1);
  const largest = 2n * (signal.high > -signal.low ? signal.high : -signal.low) + 1n;
  const index = { form, rows, from: 0, bits: 0 };
  return {
    ...{ shift, time: Math.max(signal.time, (form.choice?.time ?? 0) + 1), low: -largest, high: largest },
    ...{ extra: 3 * 2 ** Math.max(0, phaseBits(form, rows) - 6), first: undefined },
    operand(pipeline, at) {
      const [digit, name] = [pipeline.name(), pipeline.name()];
      const inputs = phaseBits(form, rows);
      const entries = () =>
        Array.from({ length: 2 ** inputs }, (_, i) => {
          const rowBits = rows > 1 ? indexBits(rows) : 0;
          const row = Math.min(i & (2 ** rowBits - 1), rows - 1);
          return codes[(i >> rowBits) * rows + row] as bigint;
        });
      const shape = { width: 3, signed: false, time: at - 1, low: 0n, high: 7n };
      const place = indexText(index, pipeline, at - 1);
      pipeline.lines(`wire [2:0] ${digit};`);
      pipeline.later(() => truth(digit, place, inputs, 3, entries()));
      // In a register, so that Yosys does not make the table again for each bit of the adder.
      const code = pipeline.register(shape, digit).name;
      pipeline.lines(
        `wire signed [${width}:0] ${name};`,
        ...instance("digit", `times_${digit}`, { width }, { x: text(pipeline, signal, at), digit: code, y: name }),
      );
      return `- ${name}`;
    },
    begin: () => {
      throw new Error("internal error: a sum cannot begin with a digit");
    },
  };
}

const least = (raws: readonly bigint[]): bigint => raws.reduce((a, b) => (b < a ? b : a));
const greatest = (raws: readonly bigint[]): bigint => raws.reduce((a, b) => (b > a ? b : a));
