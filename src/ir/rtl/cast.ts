/** Casts as instances of src/templates/rtl/cast.sv. */
import type { FixedCast } from "../cast.ts";
import { OVERFLOWS, ROUNDINGS } from "../cast.ts";
import { instance } from "./verilog.ts";

/** Casts `x`, signed with `width` bits and `fraction`, to the bits `y`. */
export function castInstance(
  name: string,
  x: string,
  { width, fraction }: { width: number; fraction: number },
  { type, rounding, overflow }: FixedCast,
  y: string,
): string[] {
  const mode = overflow === "AP_WRAP_SM" && !type.signed ? "AP_WRAP" : overflow;
  const parameters = {
    in_width: width,
    drop: fraction - type.fraction,
    out_width: type.width,
    out_signed: type.signed,
    rounding: ROUNDINGS.indexOf(rounding),
    overflow: OVERFLOWS.indexOf(mode),
  };
  return instance("cast", name, parameters, { x, y });
}
