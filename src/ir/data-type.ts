/** Types of streams and parameters: docs/ir.md §1. */

export interface FixedType {
  readonly kind: "fixed";
  readonly signed: boolean;
  /** Bits; 1 to 64 for streams and parameters, unlimited inside an exact computation. */
  readonly width: number;
  /** value = raw * 2^-fraction; may be negative or above the width. */
  readonly fraction: number;
}

export interface BipolarType {
  readonly kind: "bipolar";
}

export type DataType = FixedType | BipolarType;

export const BIPOLAR: BipolarType = Object.freeze({ kind: "bipolar" });

export const MAX_WIDTH = 64;

export function fixed(signed: boolean, width: number, fraction: number): FixedType {
  return Object.freeze({ kind: "fixed", signed, width, fraction });
}

export const signedInteger = (width: number): FixedType => fixed(true, width, 0);
export const unsignedInteger = (width: number): FixedType => fixed(false, width, 0);

/** The type as a number: bipolar counts as a signed integer of two bits. */
export function numeric(type: DataType): FixedType {
  return type.kind === "bipolar" ? signedInteger(2) : type;
}

/** Bits that a value of the type occupies in a stream. */
export function bitWidth(type: DataType): number {
  return type.kind === "bipolar" ? 1 : type.width;
}

/** Bits of a two's complement word that holds every raw of the type. */
export const signedBits = (type: DataType): number => numeric(type).width + (numeric(type).signed ? 0 : 1);

export function minRaw(type: DataType): bigint {
  if (type.kind === "bipolar") return -1n;
  return type.signed ? -(1n << BigInt(type.width - 1)) : 0n;
}

export function maxRaw(type: DataType): bigint {
  if (type.kind === "bipolar") return 1n;
  return (1n << BigInt(type.signed ? type.width - 1 : type.width)) - 1n;
}

/** Types further from their point than this hold nothing that any other type holds. */
const MAX_INTEGER_BITS = 1024;

/** Why no stream or parameter can be of the type; undefined if one can. */
export function typeProblem(type: DataType): string | undefined {
  if (type.kind === "bipolar") return undefined;
  if (type.width < 1 || type.width > MAX_WIDTH) return `widths go from 1 to ${MAX_WIDTH} bits`;
  if (Math.abs(type.width - type.fraction) <= MAX_INTEGER_BITS) return undefined;
  return `integer bits go from -${MAX_INTEGER_BITS} to ${MAX_INTEGER_BITS}`;
}

/** Bits of the shortest two's complement (or, for `signed: false`, plain binary) word that holds `raw`. */
function bitsFor(raw: bigint, signed: boolean): number {
  const magnitude = raw < 0n ? -raw - 1n : raw;
  return (magnitude === 0n ? 0 : magnitude.toString(2).length) + (signed ? 1 : 0);
}

/** The smallest type of the given fraction that holds every raw from `low` to `high`. */
export function smallestType(low: bigint, high: bigint, fraction: number): FixedType {
  const signed = low < 0n;
  return fixed(signed, Math.max(1, bitsFor(low, signed), bitsFor(high, signed)), fraction);
}

export function sameType(a: DataType, b: DataType): boolean {
  return formatType(a) === formatType(b);
}

/** HLS's text form: `ap_fixed<W,I>`, `ap_ufixed<W,I>`, `ap_int<W>`, `ap_uint<W>` or `bipolar`. */
export function formatType(type: DataType): string {
  if (type.kind === "bipolar") return "bipolar";
  const { signed, width, fraction } = type;
  if (fraction === 0) return `ap_${signed ? "" : "u"}int<${width}>`;
  return `ap_${signed ? "" : "u"}fixed<${width},${width - fraction}>`;
}

/** How the bits of an element stand for its raw, as tap.hpp and port.hpp name it. */
export function elementKind(type: DataType): "UNSIGNED" | "SIGNED" | "BIPOLAR" {
  if (type.kind === "bipolar") return "BIPOLAR";
  return type.signed ? "SIGNED" : "UNSIGNED";
}
