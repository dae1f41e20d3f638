/**
 * A K-term unit for factors of few signed digits of base 4 that stand in other places in each phase: for each digit, the highest first, a
 * multiplexer gives the signal shifted to the place, and an adder takes 0, 1 or 2 times that, or subtracts it.
 */
import { signedDigits } from "../signed-digits.ts";
import type { Addend } from "./addends.ts";
import { constantOf, digitCode, INVERTED, placeOfDigit, selected } from "./addends.ts";
import type { LinearForm, Term } from "./linear-form.ts";
import type { Signal } from "./pipeline.ts";
import { indexBits } from "./verilog.ts";

/** One digit of the factors in each phase. */
interface Unit {
  /** The places that occur, the lowest first. */
  readonly places: readonly number[];
  /** Number of the place in each phase. */
  readonly choices: readonly bigint[];
  readonly codes: readonly bigint[];
}

/** Undefined where there are too many digits to gain anything. What the inverted ones lack is in `lacks`, for each phase. */
export function movedDigits(form: LinearForm, rows: number, { signal, factors }: Term) {
  const digits = factors.map((factor) => signedDigits(factor).reverse());
  const places = new Set(digits.flat().map(({ shift }) => placeOfDigit(shift)));
  const count = Math.max(...digits.map(({ length }) => length));
  // A multiplexer costs as much as an adder.
  if (2 * count >= places.size) return undefined;
  const units = Array.from({ length: count }, (_, i) => unitOf(digits.map((all) => all[i])));
  const lacks = factors.map((_, phase) =>
    units.reduce((sum, { places: [base], codes }) => {
      const inverted = ((codes[phase] as bigint) & INVERTED) !== 0n;
      return sum - (inverted ? 1n << BigInt(base as number) : 0n);
    }, 0n),
  );
  return { addends: units.map((unit) => addendOf(form, rows, signal, unit)), lacks };
}

function unitOf(digits: readonly (ReturnType<typeof signedDigits>[number] | undefined)[]): Unit {
  const places = [...new Set(digits.flatMap((digit) => (digit ? [placeOfDigit(digit.shift)] : [])))];
  places.sort((a, b) => a - b);
  return {
    places,
    choices: digits.map((digit) => BigInt(digit ? places.indexOf(placeOfDigit(digit.shift)) : 0)),
    codes: digits.map((digit) => (digit ? digitCode(digit.shift, digit.sign) : 0n)),
  };
}

function addendOf(form: LinearForm, rows: number, signal: Signal, { places, choices, codes }: Unit): Addend {
  const [base, last] = [places[0] as number, places.at(-1) as number];
  if (places.length === 1) return selected(form, rows, signal, base, codes);
  const choice = constantOf(form, rows, choices, indexBits(places.length));
  const [scale, time] = [1n << BigInt(last - base), Math.max(signal.time, choice.time)];
  const shape = {
    ...{ width: signal.width + last - base, signed: signal.signed },
    ...{ low: signal.low * (signal.low < 0n ? scale : 1n), high: signal.high * scale },
  };
  const addend = (moved: Signal): Addend => selected(form, rows, moved, base, codes);
  const expected = addend({ ...shape, name: "", time: time + 1 });
  return {
    ...expected,
    extra: expected.extra + choice.luts + shape.width * multiplexerLuts(places.length),
    operand(pipeline, at) {
      const [x, chosen] = [pipeline.at(signal, time), choice.code(pipeline, time)];
      const wide = pipeline.wire({ ...shape, time }, x).name;
      const moved = (place: number) => `${wide} <<< ${place - base}`;
      const text = places.reduce((rest, place, i) => `${chosen} == ${i} ? ${moved(place)} : ${rest}`, moved(base));
      return addend(pipeline.register({ ...shape, time }, text)).operand(pipeline, at);
    },
  };
}

/** Of a bit: four inputs, and eight with a multiplexer behind the LUTs. */
const multiplexerLuts = (inputs: number): number => (inputs <= 4 ? 1 : 2 * Math.ceil(inputs / 8));
