/** Lowest bits that are always 0, or that a cast cuts off. */
import { zerosBelow } from "./addends.ts";
import type { LateRounding } from "./cast.ts";
import { roundsUp } from "./cast.ts";
import type { LinearForm, Term } from "./linear-form.ts";
import { addedToTail, untailed } from "./linear-form.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import { placesOf } from "./pipeline.ts";
import { asSigned } from "./verilog.ts";

/** Lowest bits of the form's value that are always 0. */
export const zerosOf = ({ terms, offset }: LinearForm): number =>
  zerosBelow([
    ...terms.flatMap(({ signal, factors }) => factors.map((raw) => raw * (placesOf(signal)[0]?.value ?? 1n))),
    ...offset,
  ]);

/** Without so many of its lowest bits, which are 0. */
function withoutZeros(signal: Signal, bits: number, pipeline: Pipeline): Signal {
  const { name, signed } = signal;
  const [low, high] = [signal.low >> BigInt(bits), signal.high >> BigInt(bits)];
  const places = placesOf(signal).map(({ bit, value }) => ({ bit: bit - bits, value: value >> BigInt(bits) }));
  const shape = { ...signal, width: signal.width - bits, low, high, places };
  return pipeline.wire(shape, signed ? `${name} >>> ${bits}` : `${name} >> ${bits}`, { of: signal, up: -bits });
}

/** `half` is added to the value, and as many bits are cut off, the whole tail among them. */
export function cutOff(form: LinearForm, half: bigint, bits: number): LinearForm {
  const { offset, drop, tail } = form.tail ? addedToTail(form, [half]) : form;
  if (tail) return { ...untailed(form), offset, drop: drop + bits - tail.bits };
  return { ...form, offset: offset.map((raw) => raw + (half << BigInt(drop))), drop: drop + bits };
}

/** The form without a cut where the bits that are cut off are those of the constant alone: a signal whose lowest bits are 0 has fewer. */
export function exact(form: LinearForm, pipeline: Pipeline): LinearForm {
  const { drop, terms, offset, tail } = form;
  const fewer = terms.map(({ signal, factors }) => {
    const zeros = zerosBelow(placesOf(signal).map(({ value }) => value));
    const lacks = drop - Math.min(drop, zerosBelow(factors));
    return lacks <= zeros ? lacks : undefined;
  });
  if (drop === 0 || tail || fewer.includes(undefined)) return form;
  const lower = ({ signal, factors }: Term, bits: number): Term => ({
    signal: bits > 0 ? withoutZeros(signal, bits, pipeline) : signal,
    factors: factors.map((factor) => factor >> BigInt(drop - bits)),
  });
  return {
    ...form,
    terms: terms.map((term, i) => lower(term, fewer[i] as number)),
    offset: offset.map((raw) => raw >> BigInt(drop)),
    drop: 0,
  };
}

/** What is left of a number, and a bit that is set where it is rounded up: a step of its own finds that out. */
export function roundedUp(signal: Signal, cut: number, rounding: LateRounding, pipeline: Pipeline): [Signal, Signal] {
  const { time } = signal;
  const width = Math.max(signal.width, cut) + 1;
  const text = asSigned(signal.signed, pipeline.at(signal, time));
  const number = pipeline.wire({ ...signal, width, signed: true }, text, { of: signal });
  const [low, high] = [signal.low >> BigInt(cut), signal.high >> BigInt(cut)];
  const shape = { width: width - cut, signed: true, time, low, high };
  const floor = pipeline.wire(shape, `${number.name} >>> ${cut}`, { of: number, up: -cut });
  pipeline.spend(Math.ceil((cut + 2) / 5));
  const bit = { width: 1, signed: false, time, low: 0n, high: 1n };
  return [floor, pipeline.register(bit, roundsUp(number.name, width - 1, cut, rounding))];
}
