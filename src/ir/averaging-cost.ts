/** The price of one lane of an average: the accumulator and the division. */
import type { Averaging } from "./averaging.ts";
import type { Area } from "./cost.ts";
import { area } from "./cost.ts";
import type { DataType } from "./data-type.ts";
import { bitWidth, numeric } from "./data-type.ts";

export function averageArea(input: DataType, taps: number, { accumulator, type }: Averaging): Area {
  const sum = accumulator ? accumulator.type.width : numeric(input).width + Math.ceil(Math.log2(taps));
  const saturation = accumulator && accumulator.overflow !== "AP_WRAP" ? sum : 0;
  // A division by a power of two is a shift; any other one subtracts once for every bit of the quotient.
  const division = Number.isInteger(Math.log2(taps)) ? bitWidth(type.type) : sum * bitWidth(type.type);
  return area(sum + saturation + division);
}
