/** The one function that loses information: docs/ir.md §1 "Casts", AMD UG1399 "Quantization modes" and "Overflow modes". */
import type { BipolarType, DataType, FixedType } from "./data-type.ts";
import { BIPOLAR, fixed, formatType, maxRaw, minRaw } from "./data-type.ts";

export const ROUNDINGS = [
  "AP_TRN",
  "AP_TRN_ZERO",
  "AP_RND",
  "AP_RND_ZERO",
  "AP_RND_MIN_INF",
  "AP_RND_INF",
  "AP_RND_CONV",
] as const;
export const OVERFLOWS = ["AP_WRAP", "AP_SAT", "AP_SAT_ZERO", "AP_SAT_SYM", "AP_WRAP_SM"] as const;

export type Rounding = (typeof ROUNDINGS)[number];
export type Overflow = (typeof OVERFLOWS)[number];

export interface FixedCast {
  readonly type: FixedType;
  readonly rounding: Rounding;
  readonly overflow: Overflow;
}

/** A target type with the modes in which a value is brought into it. */
export type Cast = FixedCast | { readonly type: BipolarType };

export const isFixedCast = (cast: Cast): cast is FixedCast => cast.type.kind === "fixed";

const CAST_PATTERN = /^ap_(u?)(fixed|int)<\s*(\d+)\s*(?:,\s*(-?\d+)\s*(?:,\s*(\w+)\s*(?:,\s*(\w+)\s*)?)?)?>$/;

/** Parses `ap_fixed<W,I[,ROUNDING[,OVERFLOW]]>`, `ap_int<W>`, their unsigned forms, or `bipolar`; undefined if it is none of them. */
export function parseCast(text: string): Cast | undefined {
  if (text === "bipolar") return { type: BIPOLAR };
  const match = CAST_PATTERN.exec(text.trim());
  if (!match) return undefined;
  const [, unsigned, family, w, i, rounding = "AP_TRN", overflow = "AP_WRAP"] = match;
  if (family === "fixed" ? i === undefined : i !== undefined) return undefined;
  if (!isRounding(rounding) || !isOverflow(overflow)) return undefined;
  const width = Number(w);
  const type = fixed(unsigned === "", width, i === undefined ? 0 : width - Number(i));
  return { type, rounding, overflow };
}

export function parseType(text: string): DataType | undefined {
  return parseCast(text)?.type;
}

export const isRounding = (text: string): text is Rounding => (ROUNDINGS as readonly string[]).includes(text);
export const isOverflow = (text: string): text is Overflow => (OVERFLOWS as readonly string[]).includes(text);

/** Prints the cast as `parseCast` reads it; modes are left out where they are HLS's defaults. */
export function formatCast(cast: Cast): string {
  if (!isFixedCast(cast)) return "bipolar";
  const { type, rounding, overflow } = cast;
  if (rounding === "AP_TRN" && overflow === "AP_WRAP") return formatType(type);
  const name = type.signed ? "ap_fixed" : "ap_ufixed";
  const modes = overflow === "AP_WRAP" ? rounding : `${rounding},${overflow}`;
  return `${name}<${type.width},${type.width - type.fraction},${modes}>`;
}

/** Casts `raw * 2^-fraction`; the result is a raw of the cast's type. */
export function castRaw(raw: bigint, fraction: number, cast: Cast): bigint {
  if (!isFixedCast(cast)) return raw < 0n ? -1n : 1n;
  const rounded = rescale(raw, fraction, cast.type.fraction, cast.rounding);
  const exactFloor = () => rescale(raw, fraction, cast.type.fraction, "AP_TRN");
  return overflowed(rounded, cast, exactFloor);
}

/** The raw that stands for the same value at another fraction, rounded if bits are lost. */
export function rescale(raw: bigint, fraction: number, target: number, rounding: Rounding): bigint {
  const shift = BigInt(fraction - target);
  return shift > 0n ? divideRounded(raw, 1n << shift, rounding) : raw << -shift;
}

/** `numerator / denominator` (denominator > 0), rounded to an integer. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const truncated = numerator / denominator;
  const remainder = numerator - truncated * denominator;
  if (remainder === 0n) return truncated;
  const floor = remainder < 0n ? truncated - 1n : truncated;
  const twice = 2n * (numerator - floor * denominator);
  if (rounding === "AP_TRN") return floor;
  if (rounding === "AP_TRN_ZERO") return truncated;
  if (twice !== denominator) return twice > denominator ? floor + 1n : floor;
  return tieGoesUp(floor, rounding) ? floor + 1n : floor;
}

function tieGoesUp(floor: bigint, rounding: Rounding): boolean {
  switch (rounding) {
    case "AP_RND_ZERO":
      return floor < 0n;
    case "AP_RND_INF":
      return floor >= 0n;
    case "AP_RND_MIN_INF":
      return false;
    case "AP_RND_CONV":
      return (floor & 1n) === 1n;
    default:
      return true;
  }
}

/** The raws that the cast leaves as they are. UG1399: AP_SAT_SYM also cuts the lowest one off (unless it is the only negative one). */
export function keptRange({ type, overflow }: FixedCast): readonly [low: bigint, high: bigint] {
  const symmetric = overflow === "AP_SAT_SYM" && type.signed && type.width > 1;
  return [symmetric ? -maxRaw(type) : minRaw(type), maxRaw(type)];
}

/** Brings a rounded raw into the range of the cast's type; `exactFloor` is the raw as truncation would have given it. */
export function overflowed(rounded: bigint, cast: FixedCast, exactFloor: () => bigint): bigint {
  const [low, high] = keptRange(cast);
  if (rounded >= low && rounded <= high) return rounded;
  switch (cast.overflow) {
    case "AP_SAT":
    case "AP_SAT_SYM":
      return rounded < low ? low : high;
    case "AP_SAT_ZERO":
      return 0n;
    case "AP_WRAP":
      return wrap(rounded, cast.type);
    case "AP_WRAP_SM":
      return wrapSignMagnitude(rounded, cast.type, exactFloor());
  }
}

function wrap(raw: bigint, { signed, width }: FixedType): bigint {
  return signed ? BigInt.asIntN(width, raw) : BigInt.asUintN(width, raw);
}

/** The lowest bit cut off (before rounding) becomes the sign; the kept bits are inverted if the sign changes by that. */
function wrapSignMagnitude(rounded: bigint, type: FixedType, exactFloor: bigint): bigint {
  if (!type.signed) return wrap(rounded, type);
  const cut = (exactFloor >> BigInt(type.width)) & 1n;
  const top = (rounded >> BigInt(type.width - 1)) & 1n;
  return wrap(cut === top ? rounded : ~rounded, type);
}
