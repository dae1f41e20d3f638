/** Values of options, checked where they are typed. */
import { InvalidArgumentError } from "commander";

/** An integer of at least `least`. */
export const integer =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value))
      throw new InvalidArgumentError(`It must be an integer of at least ${least}.`);
    return value;
  };

export function megahertz(text: string): number {
  const value = Number(text);
  if (!(value >= 1 && value <= 1000)) throw new InvalidArgumentError("It must be a frequency from 1 to 1000 MHz.");
  return value;
}

/** Collects the values of an option that may stand several times. */
export const several = (value: string, former: readonly string[]): string[] => [...former, value];
