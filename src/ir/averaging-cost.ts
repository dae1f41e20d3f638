/** The parts of `pe` averages: sums of `groups` groups in turn, what holds them, and the divisions. */
import type { Averaging } from "./averaging.ts";
import { exactSum } from "./averaging.ts";
import type { Parts } from "./cost.ts";
import { allParts, counter, ram, times } from "./cost.ts";
import type { DataType } from "./data-type.ts";
import { numeric, signedBits } from "./data-type.ts";

export function averageParts(
  input: DataType,
  { pe, taps, groups }: { pe: number; taps: number; groups: number },
  { accumulator, type }: Averaging,
): Parts {
  const number = numeric(input);
  const sum = accumulator?.type ?? exactSum(number, taps);
  const bits = sum.width;
  const saturates = accumulator !== undefined && accumulator.overflow !== "AP_WRAP";
  const lane: Parts = {
    adder: Math.max(bits, number.width) + 1,
    saturate: saturates ? bits : 0,
    register: 2 * bits + type.type.width,
  };
  const held = ram(pe * bits, groups);
  return allParts([
    { stage: 2 },
    counter(taps),
    counter(groups),
    times(pe, allParts([lane, division(signedBits(sum), Math.max(0, type.type.fraction + 1 - sum.fraction), taps)])),
    ...(groups > 1 ? [held, held, times(3, counter(groups))] : [{ register: pe * bits }]),
  ]);
}

/** A power of two is a shift; any other divisor is subtracted once for every bit of the quotient. */
function division(width: number, shift: number, taps: number): Parts {
  if (Number.isInteger(Math.log2(taps))) return { round: width };
  return { adder: 2 * width + (width + shift) * (Math.ceil(Math.log2(taps)) + 2), round: width };
}
