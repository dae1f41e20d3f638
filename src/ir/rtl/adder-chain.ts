/** Adds up a linear form: one adder after another, each with a register, from the lowest bits up, so that bits that are done fall out. */
import type { Addend } from "./addends.ts";
import {
  constantAddend,
  digitAddends,
  literal,
  maskedAddend,
  selectedDigits,
  spanBits,
  tableAddends,
} from "./addends.ts";
import type { LinearForm, Term } from "./linear-form.ts";
import { isUniform } from "./linear-form.ts";
import { movedDigits } from "./moved-digits.ts";
import { phasesOf } from "./phases.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import { placesOf } from "./pipeline.ts";
import { asSigned } from "./verilog.ts";

/** The sum before low bits are cut off, modulo 2^width. */
export function addUp(form: LinearForm, width: number, pipeline: Pipeline): Signal {
  const [first, ...rest] = cheapest(form, width, pipeline.rows) as [Addend, ...Addend[]];
  pipeline.spend(firstLuts(first, unreadBelow(form, rest)));
  let sum = shiftedUp(first.begin(pipeline, rest[0]?.time ?? 0), first.shift, width, pipeline);
  for (const addend of rest) sum = plus(sum, addend, width, pipeline);
  return sum;
}

/** Each term may be taken apart in several ways: the addends that cost least. */
function cheapest(form: LinearForm, width: number, rows: number): Addend[] {
  const ways = form.terms.reduce<Way[]>(
    (before, term) => before.flatMap((way) => waysOf(form, rows, term, way)),
    [{ addends: [], offset: form.offset }],
  );
  const complete = ways.map((way) => inOrder(form, rows, way));
  const costs = complete.map((addends) => costOf(form, addends, width));
  return complete[costs.indexOf(Math.min(...costs))] as Addend[];
}

/** Addends so far, and the constant that is still to be added. */
interface Way {
  readonly addends: readonly Addend[];
  readonly offset: readonly bigint[];
}

/** Inputs of a LUT, and what is left of them where an adder has one. */
const LUT = 6;

function waysOf(form: LinearForm, rows: number, term: Term, { addends, offset }: Way): Way[] {
  const [own, held] = [[term.factors], [term.factors, offset]].map((lists) => phasesOf(form, rows, lists).bits);
  const zero = offset.map(() => 0n);
  const alone = form.terms.length === 1 && offset.every((raw) => raw === 0n);
  const masked = alone ? maskedAddend(form, rows, term) : undefined;
  if (masked) return [{ addends: [masked], offset }];
  const tables = (first: number, next: number, holds: boolean): Way => ({
    addends: [...addends, ...tableAddends(form, rows, term, { first, next }, holds ? offset : undefined)],
    offset: holds ? zero : offset,
  });
  const [next, start] = [LUT - 1 - (own as number), LUT - 1 - (held as number)];
  const ways = next > 1 ? [tables(next, next, false)] : [];
  if (next > 1 && start > 1) ways.push(tables(start, next, true), tables(start + 1, next, true));
  const bits = placesOf(term.signal).length;
  if ((held as number) + bits <= LUT + 2) ways.push(tables(bits, 1, true));
  if (isUniform(term.factors)) return [...ways, { addends: [...addends, ...digitAddends(term)], offset }];
  const digits = [selectedDigits(form, rows, term), movedDigits(form, rows, term)].filter((way) => way !== undefined);
  const lessLacks = (lacks: readonly bigint[]) => offset.map((raw, phase) => raw + (lacks[phase] as bigint));
  return [...ways, ...digits.map((way) => ({ addends: [...addends, ...way.addends], offset: lessLacks(way.lacks) }))];
}

/** By their lowest bits, one that a sum can begin with first. */
function inOrder(form: LinearForm, rows: number, { addends, offset }: Way): Addend[] {
  const all = [...addends, ...(offset.every((raw) => raw === 0n) ? [] : [constantAddend(form, rows, offset)])];
  const ordered = all.sort((a, b) => a.shift - b.shift || (a.first ?? Infinity) - (b.first ?? Infinity));
  const [first] = ordered;
  return first?.first === undefined ? [literal(0n), ...ordered] : ordered;
}

/** LUTs, and a little for the registers. */
function costOf(form: LinearForm, [first, ...rest]: readonly Addend[], width: number): number {
  if (!first) return 0;
  let [low, high] = [first.low << BigInt(first.shift), first.high << BigInt(first.shift)];
  let cost = firstLuts(first, unreadBelow(form, rest));
  for (const addend of rest) {
    low += addend.low << BigInt(addend.shift);
    high += addend.high << BigInt(addend.shift);
    const bits = Math.min(spanBits(low, high), width);
    cost += addend.extra + Math.max(0, bits - addend.shift) + REGISTER_PRICE * bits + STEP_PRICE;
  }
  return cost;
}

/** A register costs less than a LUT: there are twice as many, and one comes with each. */
const REGISTER_PRICE = 0.1;

/** Of a step for which something else may have to wait. */
const STEP_PRICE = 1;

/** Lowest bits of a sum that are cut off and that no addend which is still to come reaches. */
const unreadBelow = ({ drop }: LinearForm, rest: readonly Addend[]): number => Math.min(drop, rest[0]?.shift ?? drop);

/** What a sum begins with; each bit of it that is not read saves one LUT of as many as it has bits. */
const firstLuts = ({ first = 0, low, high, shift }: Addend, unread: number): number =>
  first * Math.max(0, 1 - Math.max(0, unread - shift) / spanBits(low, high));

/** Zeros below the number. */
function shiftedUp(signal: Signal, shift: number, width: number, pipeline: Pipeline): Signal {
  if (shift === 0) return signal;
  const [low, high] = [signal.low << BigInt(shift), signal.high << BigInt(shift)];
  const shape = { width: Math.min(width, spanBits(low, high)), signed: true, time: signal.time, low, high };
  const number = asSigned(signal.signed, signal.name);
  return pipeline.wire({ ...shape, ...(signal.literal && { literal: true }) }, `${number} <<< ${shift}`, {
    of: signal,
    up: shift,
  });
}

/** The bits below the addend's stay as they are. */
export function plus(sum: Signal, addend: Addend, width: number, pipeline: Pipeline): Signal {
  const time = Math.max(sum.literal ? 0 : sum.time, addend.time);
  const { shift } = addend;
  if (shift >= width) return sum;
  const low = sum.low + (addend.low << BigInt(shift));
  const high = sum.high + (addend.high << BigInt(shift));
  const shape = { width: Math.min(spanBits(low, high), width), signed: true, time, low, high };
  const former = pipeline.at(sum, time, Math.min(shift, sum.width - 1));
  const operand = addend.operand(pipeline, time);
  const whole = asSigned(sum.signed, former);
  pipeline.spend(addend.extra + Math.max(1, shape.width - shift));
  if (shift === 0) return pipeline.register(shape, sumText(pipeline, shape, whole, operand));
  const extended = pipeline.wire({ ...shape, width: Math.max(sum.width + 1, shift + 1) }, whole);
  const upper = { ...shape, width: Math.max(1, shape.width - shift) };
  const top = `$signed(${extended.name}[${extended.width - 1}:${shift}])`;
  const added = sumText(pipeline, upper, top, operand);
  return pipeline.register(
    { ...shape, width: upper.width + shift },
    `{${added}, ${extended.name}[${shift - 1}:0]}`,
    { of: sum, later: sum.literal ? 0 : time - sum.time },
    shift,
  );
}

const sumText = (pipeline: Pipeline, shape: Omit<Signal, "name">, a: string, operand: string): string =>
  pipeline.wire(shape, `${a} ${operand}`).name;
