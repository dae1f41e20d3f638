/** The unit of the average pools: what an element is, what it is added to, and the division. */
import type { Averaging } from "../averaging.ts";
import { exactSum } from "../averaging.ts";
import type { FixedCast } from "../cast.ts";
import type { DataType, FixedType } from "../data-type.ts";
import { fixed, numeric } from "../data-type.ts";
import { cppCast, cppCastSource, cppType } from "./cpp-type.ts";

/** `signs`: a bipolar element comes as a signed number of two bits. */
export function averageUnit(
  type: DataType,
  signs: boolean,
  taps: number,
  { accumulator, type: cast }: Averaging,
): string[] {
  const sum = accumulator?.type ?? exactSum(numeric(type), taps);
  const bipolar = type.kind === "bipolar" && !signs;
  const element = cppType(numeric(type));
  const bits = bipolar ? 1 : numeric(type).width;
  return [
    `typedef ${accumulator ? cppCast(accumulator) : cppType(sum)} accumulator;`,
    `static ${element} element(const ap_uint<${bits}>& bits) {`,
    "  BITLOOM_HLS(INLINE)",
    `  return ${bipolar ? "bitloom::sign(bits)" : `bitloom::from_bits<${element}>(bits)`};`,
    "}",
    `static accumulator fold(const bool first, const accumulator& before, const ap_uint<${bits}>& bits) {`,
    "  BITLOOM_HLS(INLINE)",
    "  const accumulator start = first ? accumulator(0) : before;",
    "  const accumulator sum = start + element(bits);",
    "  return sum;",
    "}",
    `static ap_uint<${cast.type.width}> finish(const accumulator& sum) {`,
    "  BITLOOM_HLS(INLINE)",
    `  const ${cppCast(cast)} average = ${quotient(sum, taps, cast)};`,
    "  return bitloom::to_bits(average);",
    "}",
  ];
}

/** A shift for a power of two; else a division with one bit more than the cast keeps, and one that says whether anything is left. */
function quotient({ signed, width, fraction }: FixedType, taps: number, cast: FixedCast): string {
  const power = Math.log2(taps);
  if (Number.isInteger(power)) {
    const shifted = fixed(signed, width, fraction + power);
    return cppCastSource(`bitloom::from_bits<${cppType(shifted)}>(bitloom::to_bits(sum))`, shifted, cast);
  }
  const raw = signed ? "bitloom::raw(sum)" : `ap_int<${width + 1}>(bitloom::raw(sum))`;
  const shift = Math.max(0, cast.type.fraction + 1 - fraction);
  const result = fixed(true, (signed ? width : width + 1) + shift + 2, fraction + shift + 1);
  return cppCastSource(`bitloom::quotient<${cppType(result)}, ${shift}, ${taps}>(${raw})`, result, cast);
}
