/**
 * Sums that have not been added up yet: signals times constants, plus a constant, of which low bits are cut off at the end. Scaling,
 * constants, further addends, rounding and a choice between two of them change the form alone; adders come when a value is needed.
 */
import type { Signal } from "./pipeline.ts";

/** floor(sum of factor * signal + offset, divided by 2^drop), then the tail. The constants are given for each phase. */
export interface LinearForm {
  readonly terms: readonly Term[];
  readonly offset: readonly bigint[];
  readonly drop: number;
  /** What comes below after the cut: the value is times 2^bits, plus a constant from 0 to 2^bits - 1. */
  readonly tail?: { readonly bits: number; readonly low: readonly bigint[] } | undefined;
  /** Phases are the rows of channels; with a choice, the rows where that signal is not negative, then those where it is. */
  readonly choice?: Signal | undefined;
}

export interface Term {
  readonly signal: Signal;
  readonly factors: readonly bigint[];
}

export const isConstant = ({ terms, choice }: LinearForm): boolean => terms.length === 0 && !choice;
/** A constant that is the offset itself. */
export const isLiteral = (form: LinearForm): boolean => isConstant(form) && form.drop === 0 && !form.tail;
/** The values of a constant. */
export const constantsOf = ({ offset, drop, tail }: LinearForm): bigint[] =>
  offset.map((raw, phase) => ((raw >> BigInt(drop)) << BigInt(tail?.bits ?? 0)) + (tail?.low[phase] ?? 0n));
export const isUniform = (raws: readonly bigint[]): boolean => raws.every((raw) => raw === raws[0]);

/** Times 2^bits, where bits were cut off. */
export function raised(form: LinearForm, bits: number): LinearForm {
  const low = form.tail?.low ?? form.offset.map(() => 0n);
  return { ...form, tail: { bits: bits + (form.tail?.bits ?? 0), low: low.map((raw) => raw << BigInt(bits)) } };
}

/** With a constant added at the tail: what overflows it goes into the offset. */
export function addedToTail(form: LinearForm, by: readonly bigint[]): LinearForm {
  const { bits, low } = form.tail as NonNullable<LinearForm["tail"]>;
  const sums = low.map((raw, phase) => raw + (by[phase % by.length] as bigint));
  const carries = sums.map((raw) => (raw >> BigInt(bits)) << BigInt(form.drop));
  return {
    ...form,
    offset: plus(form.offset, carries),
    tail: { bits, low: sums.map((raw) => BigInt.asUintN(bits, raw)) },
  };
}

/** Without the tail, all of which is cut off. */
export const untailed = ({ tail: _, ...form }: LinearForm): LinearForm => form;

/** The constant of each row that can as well be added after the cut, and the form without it. */
export function apart(form: LinearForm, rows: number): { form: LinearForm; after: bigint[] } {
  const after = form.offset.slice(0, rows).map((raw) => raw >> BigInt(form.drop));
  const before = form.offset.map((raw, phase) => raw - ((after[phase % rows] as bigint) << BigInt(form.drop)));
  return { form: { ...form, offset: before }, after };
}

/** Times 2^shift, which may come out of the bits that are cut off. */
export function shifted(form: LinearForm, shift: number): LinearForm {
  return shift === 0
    ? form
    : scaled(
        form,
        form.offset.map(() => 1n << BigInt(shift)),
      );
}

/** Times a constant for each phase; nothing may be cut off. */
export function scaled({ terms, offset, ...rest }: LinearForm, by: readonly bigint[]): LinearForm {
  const times = (raws: readonly bigint[]) => raws.map((raw, phase) => raw * (by[phase % by.length] as bigint));
  return {
    ...rest,
    terms: terms
      .map(({ signal, factors }) => ({ signal, factors: times(factors) }))
      .filter(({ factors }) => factors.some((factor) => factor !== 0n)),
    offset: times(offset),
  };
}

/** The same value with `drop` bits to cut off, no fewer than before. */
export const withDrop = (form: LinearForm, drop: number): LinearForm => ({ ...shifted(form, drop - form.drop), drop });

/** Both cut the same bits off and only one of them any; at most one has a choice. */
export function added(a: LinearForm, b: LinearForm): LinearForm {
  const choice = a.choice ?? b.choice;
  const [x, y] = [spread(a, choice), spread(b, choice)];
  const sums = new Map(x.terms.map((term) => [term.signal.name, term]));
  for (const { signal, factors } of y.terms) {
    const known = sums.get(signal.name);
    sums.set(signal.name, { signal, factors: known ? plus(known.factors, factors) : factors });
  }
  const terms = [...sums.values()].filter(({ factors }) => factors.some((factor) => factor !== 0n));
  return { terms, offset: plus(x.offset, y.offset), drop: Math.max(a.drop, b.drop), choice };
}

/** One form where the signal is negative, another one elsewhere; neither has a choice, both cut the same bits off. */
export function chosen(choice: Signal, negative: LinearForm, otherwise: LinearForm): LinearForm {
  const side = ({ terms }: LinearForm, place: (own: readonly bigint[], none: readonly bigint[]) => readonly bigint[]) =>
    terms.map(({ signal, factors }) => ({
      signal,
      factors: [
        ...place(
          factors,
          factors.map(() => 0n),
        ),
      ],
    }));
  const offset = [...otherwise.offset, ...negative.offset];
  const form = { terms: side(otherwise, (own, none) => [...own, ...none]), offset, drop: negative.drop, choice };
  const other = {
    terms: side(negative, (own, none) => [...none, ...own]),
    offset: offset.map(() => 0n),
    drop: 0,
    choice,
  };
  return added(form, { ...other, drop: negative.drop });
}

/** Without bits that are cut off and that nothing but the constant reaches. */
export function reduced(form: LinearForm): LinearForm {
  let { drop, terms, offset } = form;
  const even = () => terms.every(({ factors }) => factors.every((factor) => (factor & 1n) === 0n));
  while (drop > 0 && even()) {
    terms = terms.map(({ signal, factors }) => ({ signal, factors: factors.map((factor) => factor >> 1n) }));
    offset = offset.map((raw) => raw >> 1n);
    drop--;
  }
  return { ...form, terms, offset, drop };
}

function spread(form: LinearForm, choice: Signal | undefined): LinearForm {
  if (!choice || form.choice) return form;
  const twice = (raws: readonly bigint[]) => [...raws, ...raws];
  const terms = form.terms.map(({ signal, factors }) => ({ signal, factors: twice(factors) }));
  return { ...form, terms, offset: twice(form.offset), choice };
}

const plus = (a: readonly bigint[], b: readonly bigint[]): bigint[] => a.map((raw, i) => raw + (b[i] as bigint));
