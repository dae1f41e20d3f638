/** Casts as instances of src/templates/rtl/cast.sv and cast_sum.sv. */
import type { FixedCast, Rounding } from "../cast.ts";
import { OVERFLOWS, ROUNDINGS } from "../cast.ts";
import type { Parts } from "../cost.ts";
import { signedBits } from "../data-type.ts";

import type { Signal } from "./pipeline.ts";
import { placesFrom } from "./pipeline.ts";
import { instance } from "./verilog.ts";

/** Cycles from an x of cast_sum.sv to the one in which its sum is there. */
export const CAST_SUM_LATENCY = 2;

/** A signed number. */
interface Number {
  readonly width: number;
  readonly fraction: number;
}

/** Casts `x` to the bits `y`. */
export function castInstance(
  name: string,
  x: string,
  { width, fraction }: Number,
  cast: FixedCast,
  y: string,
): string[] {
  const { type } = cast;
  const numbers = { in_width: width, drop: fraction - type.fraction, out_width: type.width, out_signed: type.signed };
  return instance("cast", name, { ...numbers, ...modes(cast) }, { x, y });
}

/** Casts sum + x, where `x` comes a cycle before `sum` and `next`, which are of the cast's type. */
export function castSum(
  name: string,
  { width, fraction }: Number,
  cast: FixedCast,
  ports: Readonly<Record<"advance" | "x" | "sum" | "next", string>>,
): string[] {
  return instance("cast_sum", name, { x_bits: width, ...sumNumbers(fraction, cast) }, { clk: "clk", ...ports });
}

/** The parameters of cast_sum.sv for an x of that fraction. */
export function sumNumbers(fraction: number, cast: FixedCast) {
  const { type } = cast;
  const drop = fraction - type.fraction;
  const shifts = { x_shift: Math.max(0, -drop), drop: Math.max(0, drop) };
  return { ...shifts, bits: type.width, signed: type.signed, ...modes(cast) };
}

/** AP_WRAP_SM of unsigned numbers is plain wrapping (docs/ir.md §1). */
function modes({ type, rounding, overflow }: FixedCast) {
  const mode = overflow === "AP_WRAP_SM" && !type.signed ? "AP_WRAP" : overflow;
  return { rounding: ROUNDINGS.indexOf(rounding), overflow: OVERFLOWS.indexOf(mode) };
}

/** LUTs of that: an adder where rounding may carry, and what limits; `told` are the bits that tell the result. */
export function castLuts({ width, fraction }: Number, cast: FixedCast, told: number): number {
  const whole = width - (fraction - cast.type.fraction);
  const rounds = fraction > cast.type.fraction && cast.rounding !== "AP_TRN" ? whole : 0;
  return Math.max(0, rounds) + limitLuts(whole, cast, told);
}

/** What cast_sum.sv and the register of its sum are made of. */
export function castSumParts({ width, fraction }: Number, cast: FixedCast): Parts {
  const whole = Math.max(1, width - (fraction - cast.type.fraction));
  const wide = Math.max(whole, signedBits(cast.type)) + 1;
  const flags = fraction > cast.type.fraction && cast.rounding !== "AP_TRN" ? 1 : 0;
  return { lut: wide + flags + limitLuts(wide, cast, cast.type.width), register: whole + flags + cast.type.width };
}

/** A LUT for each bit that is limited, and those that look at the bits above: two flags, each of which looks at five bits a LUT. */
const limitLuts = (whole: number, { type, overflow }: FixedCast, told: number): number =>
  overflow === "AP_WRAP" ? 0 : told + 2 * Math.ceil(Math.max(1, whole - type.width) / 5);

/**
 * The places of what becomes of a signal whose lowest bits are 0, where there is nothing to round: they stay 0, or where the cast saturates
 * all of them become 1 together (the greatest number has ones, the least one zeros).
 */
export function castPlaces(
  { places }: Signal,
  fraction: number,
  { type, overflow }: FixedCast,
): Pick<Signal, "places"> {
  const grown = type.fraction - fraction;
  const zeros = (places?.[0]?.bit ?? 0) + grown;
  if (grown < 0 || zeros <= 0 || zeros >= type.width || !["AP_WRAP", "AP_SAT"].includes(overflow)) return {};
  const above = placesFrom(zeros, type.width, type.signed);
  const tied = { bit: 0, value: (1n << BigInt(zeros)) - 1n };
  return { places: overflow === "AP_SAT" ? [tied, ...above] : above };
}

/** Roundings that no constant does which is added before low bits are cut off. */
export type LateRounding = Exclude<Rounding, "AP_TRN" | "AP_RND">;

/** Whether a signed number of which so many bits are cut off becomes the next greater one. */
export function roundsUp(name: string, sign: number, cut: number, rounding: LateRounding): string {
  const half = `${name}[${cut - 1}]`;
  const rest = cut > 1 ? `|${name}[${cut - 2}:0]` : "1'b0";
  switch (rounding) {
    case "AP_TRN_ZERO":
      return `${name}[${sign}] && (${half} || ${rest})`;
    case "AP_RND_ZERO":
      return `${half} && (${rest} || ${name}[${sign}])`;
    case "AP_RND_MIN_INF":
      return `${half} && (${rest})`;
    case "AP_RND_INF":
      return `${half} && (${rest} || !${name}[${sign}])`;
    case "AP_RND_CONV":
      return `${half} && (${rest} || ${name}[${cut}])`;
  }
}
