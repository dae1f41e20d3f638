/** Types as HLS C++ writes them. UG1399 "Arbitrary precision fixed-point data types". */
import type { Cast, FixedCast } from "../cast.ts";
import { isFixedCast } from "../cast.ts";
import type { DataType, FixedType } from "../data-type.ts";
import { bitWidth } from "../data-type.ts";

/** Also for the widths beyond 64 bits of exact intermediate results. */
export function cppType({ signed, width, fraction }: FixedType): string {
  return `ap_${signed ? "" : "u"}fixed<${width}, ${width - fraction}>`;
}

export function cppCast(cast: FixedCast): string {
  const { type, rounding } = cast;
  // The headers refuse sign-magnitude wrapping of unsigned numbers, which is plain wrapping (docs/ir.md §1).
  const overflow = cast.overflow === "AP_WRAP_SM" && !type.signed ? "AP_WRAP" : cast.overflow;
  if (rounding === "AP_TRN" && overflow === "AP_WRAP") return cppType(type);
  const modes = overflow === "AP_WRAP" ? rounding : `${rounding}, ${overflow}`;
  return `${cppType(type).slice(0, -1)}, ${modes}>`;
}

/**
 * A value as an initialiser of the cast's type: the vendor's headers stop where more bits are dropped than the value has, so
 * it is made wide enough.
 */
export function cppCastSource(text: string, type: FixedType, cast: FixedCast): string {
  const dropped = type.fraction - cast.type.fraction;
  return dropped < type.width ? text : `${cppType({ ...type, width: dropped + 1 })}(${text})`;
}

export const cppTypeOfCast = (cast: Cast): string => (isFixedCast(cast) ? cppCast(cast) : "ap_uint<1>");

/** A beat of so many elements. */
export const beatType = (type: DataType, lanes: number): string => `ap_uint<${bitWidth(type) * lanes}>`;

/** The raw of an element from its bits: a bipolar bit counts as 0 or 1, which keeps the order. */
export function rawType(type: DataType): string {
  const { signed, width } = type.kind === "bipolar" ? { signed: false, width: 1 } : type;
  return `ap_${signed ? "" : "u"}int<${width}>`;
}
