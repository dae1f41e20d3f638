/**
 * Rough prices of what stages are made of, in the resources of an UltraScale+ device. Adder trees are as HLS infers them:
 * about 1.6 to 2.8 LUT for each binary multiply-accumulate per cycle, measured with Yosys.
 */
import type { DataType } from "./data-type.ts";
import { bitWidth, numeric } from "./data-type.ts";
import type { Cost } from "./layer.ts";
import type { Parameter } from "./parameter.ts";
import { rawAt } from "./parameter.ts";
import { signedDigitCount } from "./signed-digits.ts";

/** What a piece of a stage takes, without the cycles of the whole. */
export type Area = Omit<Cost, "cycles">;

export const area = (lut: number, ff = lut, bram18 = 0): Area => ({ lut, ff, bram18, dsp: 0 });

export function totalArea(parts: readonly Area[]): Area {
  const total = { lut: 0, ff: 0, bram18: 0, dsp: 0 };
  for (const { lut, ff, bram18, dsp } of parts) {
    total.lut += lut;
    total.ff += ff;
    total.bram18 += bram18;
    total.dsp += dsp;
  }
  return total;
}

export const times = (count: number, { lut, ff, bram18, dsp }: Area): Area => ({
  lut: count * lut,
  ff: count * ff,
  bram18: count * bram18,
  dsp: count * dsp,
});

/** LUTs that are worth one BRAM18: the device has as many of the one for each of the other. */
const LUT_PER_BRAM18 = 163;

/** `words` words of `bits` bits, one read or written per cycle: in LUTs or in block RAM, whichever takes less of the device. */
export function memory(bits: number, words: number): Area {
  if (words <= 1) return area(0, 0);
  const lut = bits * (words <= 32 ? 0.5 : Math.ceil(words / 64));
  const bram18 = Math.ceil(bits / 36) * Math.ceil(words / 512);
  return lut <= bram18 * LUT_PER_BRAM18 ? area(lut, bits) : area(0, 0, bram18);
}

/** Bits of one element of the tensor as a ROM holds it. */
export function storedBits({ encoding, type, table }: Parameter): number {
  if (encoding === "ternary") return 2;
  return table ? Math.max(1, Math.ceil(Math.log2(table.length))) : bitWidth(type);
}

/** Elements looked at: enough for a mean, few enough for tensors of any size. */
const SAMPLES = 256;

/** Mean number of signed digits of the elements. */
export function meanDigits(parameter: Parameter): number {
  const count = parameter.data.length;
  const step = Math.max(1, Math.floor(count / SAMPLES));
  let digits = 0;
  let looked = 0;
  for (let i = 0; i < count; i += step) {
    digits += signedDigitCount(rawAt(parameter, i));
    looked++;
  }
  return digits / Math.max(1, looked);
}

/** One multiply-accumulate per cycle whose weight changes from cycle to cycle, with its share of the adder tree. */
export function multiplyAccumulate(weight: Parameter, input: DataType): Area {
  const inputBits = bitWidth(input);
  if (isSign(weight)) return area(input.kind === "bipolar" ? 2.4 : 1.6 * inputBits + 1, inputBits + 1);
  const weightBits = numeric(weight.type).width;
  if (input.kind === "bipolar") return area(1.6 * weightBits + 1, weightBits + 1);
  // Shifted adds with selectable shifts, or a general multiplier in LUTs.
  const barrel = meanDigits(weight) * inputBits * (1 + Math.log2(weightBits + 1) / 2);
  return area(Math.min(barrel, inputBits * weightBits) + inputBits + weightBits, inputBits + weightBits);
}

const isSign = ({ encoding }: Parameter): boolean => encoding === "bipolar" || encoding === "ternary";
