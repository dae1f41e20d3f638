/** Lowest bits that are always 0, or that a cast cuts off. */
import { zerosBelow } from "./addends.ts";
import type { LinearForm } from "./linear-form.ts";
import { addedToTail, untailed } from "./linear-form.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import { placesOf } from "./pipeline.ts";

/** Lowest bits of the form's value that are always 0. */
export const zerosOf = ({ terms, offset }: LinearForm): number =>
  zerosBelow([
    ...terms.flatMap(({ signal, factors }) => factors.map((raw) => raw * (placesOf(signal)[0]?.value ?? 1n))),
    ...offset,
  ]);

/** Without so many of its lowest bits, which are 0. */
export function withoutZeros(signal: Signal, bits: number, pipeline: Pipeline): Signal {
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
