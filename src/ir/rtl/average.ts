/** The average pools: sums that are cast after every addition, and a division that is rounded once. */

import type { Averaging } from "../averaging.ts";
import { exactSum } from "../averaging.ts";
import type { FixedCast } from "../cast.ts";
import { OVERFLOWS, ROUNDINGS } from "../cast.ts";
import type { FixedType } from "../data-type.ts";
import { signedBits } from "../data-type.ts";
import { castInstance } from "./cast.ts";
import { CLOCK, instance, streamPorts, streamWires } from "./verilog.ts";

export interface Averages {
  /** Numbers of a beat, and their type. */
  readonly pe: number;
  readonly number: FixedType;
  /** Beats of a sum, and sums whose beats come in turn. */
  readonly taps: number;
  readonly groups: number;
}

const plain = (type: FixedType): FixedCast => ({ type, rounding: "AP_TRN", overflow: "AP_WRAP" });

/** Reads the stream `from`; gives the averages to `out`. */
export function averageLines(averages: Averages, { accumulator, type: cast }: Averaging, from: string): string[] {
  const { pe, number, taps, groups } = averages;
  const sum = accumulator ?? plain(exactSum(number, taps));
  const { type } = sum;
  const fraction = Math.max(type.fraction, number.fraction);
  const [sumShift, shift] = [fraction - type.fraction, fraction - number.fraction];
  const numbers = {
    ...{ pe, x_bits: number.width, x_signed: number.signed, taps, groups },
    ...{ sum_bits: type.width, sum_signed: type.signed, sum_shift: sumShift, x_shift: shift },
    cast_bits: Math.max(type.width + 1 + sumShift, number.width + 1 + shift) + 1,
    drop: sumShift,
    rounding: ROUNDINGS.indexOf(sum.rounding),
    overflow: OVERFLOWS.indexOf(sum.overflow === "AP_WRAP_SM" && !type.signed ? "AP_WRAP" : sum.overflow),
  };
  const bits = pe * type.width;
  return [
    ...streamWires("sums", bits),
    ...streamWires("held", bits),
    `wire [${pe * cast.type.width - 1}:0] result_data;`,
    ...instance("accumulate", "add", numbers, { ...CLOCK, ...streamPorts("in", from), ...streamPorts("out", "sums") }),
    // All sums of a frame find room, so that its last beats are read whatever becomes of the averages.
    ...instance(
      "fifo",
      "hold",
      { width: bits, depth: groups },
      { ...CLOCK, ...streamPorts("in", "sums"), ...streamPorts("out", "held") },
    ),
    ...Array.from({ length: pe }, (_, lane) => divided(lane, type, taps, cast)).flat(),
    ...instance(
      "register",
      "leave",
      { width: pe * cast.type.width },
      {
        ...CLOCK,
        ...{ in_data: "result_data", in_valid: "held_valid", in_ready: "held_ready" },
        ...streamPorts("out", "out"),
      },
    ),
  ];
}

/** A shift for a power of two; else a division with one bit more than the cast keeps, and one that says whether anything is left. */
function divided(lane: number, type: FixedType, taps: number, cast: FixedCast): string[] {
  const width = signedBits(type);
  const part = `held_data[${lane * type.width}+:${type.width}]`;
  const result = `result_data[${lane * cast.type.width}+:${cast.type.width}]`;
  const sum = [`wire signed [${width - 1}:0] sum_${lane} = $signed(${type.signed ? part : `{1'b0, ${part}}`});`];
  const power = Math.log2(taps);
  if (Number.isInteger(power)) {
    const from = { width, fraction: type.fraction + power };
    return [...sum, ...castInstance(`average_${lane}`, `sum_${lane}`, from, cast, result)];
  }
  const shift = Math.max(0, cast.type.fraction + 1 - type.fraction);
  const from = { width: width + shift + 2, fraction: type.fraction + shift + 1 };
  return [
    ...sum,
    `wire signed [${from.width - 1}:0] quotient_${lane};`,
    ...instance(
      "quotient",
      `divide_${lane}`,
      { width, shift, divisor: taps },
      { x: `sum_${lane}`, y: `quotient_${lane}` },
    ),
    ...castInstance(`average_${lane}`, `quotient_${lane}`, from, cast, result),
  ];
}
