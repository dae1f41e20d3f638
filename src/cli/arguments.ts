/** Values of options, checked where they are typed. */
import { extname } from "node:path";
import { InvalidArgumentError } from "commander";
import type { Budget } from "../flow/design.ts";

/** An integer of at least `least`. */
export const integer =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value))
      throw new InvalidArgumentError(`It must be an integer of at least ${least}.`);
    return value;
  };

export function rate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}

/** A word length, of two bits or more: one would be its sign alone. */
export function wordLength(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 2 || value > 32)
    throw new InvalidArgumentError("It must be an integer from 2 to 32.");
  return value;
}

/** A file whose name says its format. */
export const ending =
  (...extensions: readonly string[]) =>
  (text: string): string => {
    if (!extensions.includes(extname(text)))
      throw new InvalidArgumentError(`Its name must end with ${extensions.join(" or ")}.`);
    return text;
  };

export function megahertz(text: string): number {
  const value = Number(text);
  if (!(value >= 1 && value <= 1000)) throw new InvalidArgumentError("It must be a frequency from 1 to 1000 MHz.");
  return value;
}

/** `80%` of the board, or amounts: `lut=50000,bram18=300`. */
export function budget(text: string): Budget {
  const share = Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1] ?? 0) / 100;
  if (share > 0) return share;
  const amounts = text.split(",").map((part) => /^(lut|ff|bram18|dsp)=(\d+)$/.exec(part));
  if (amounts.includes(null))
    throw new InvalidArgumentError("It must be like 80%, or amounts of lut, ff, bram18 or dsp: lut=50000,bram18=300.");
  return Object.fromEntries(amounts.map((found) => [found?.[1], Number(found?.[2])]));
}

/** Collects the values of an option that may stand several times. */
export const several = (value: string, former: readonly string[] = []): string[] => [...former, value];
