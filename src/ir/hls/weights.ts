/** Weights of conv2d, gated-conv2d and dense as the matrix-vector unit reads them. */
import { romInBlockRam } from "../cost.ts";
import { smallestType } from "../data-type.ts";
import type { Parameter } from "../parameter.ts";
import { distinctRaws, rawAt, rawRange } from "../parameter.ts";
import { signedDigits } from "../signed-digits.ts";
import type { WeightShape } from "../sums.ts";
import { foldsOf } from "../sums.ts";
import { BitWriter, pieces } from "./pack.ts";
import type { HlsTable } from "./table.ts";
import { nativeType } from "./table.ts";

/** How a weight stands in a word: a policy of product_unit.hpp, its bits, and the code of a raw. */
export interface WeightCode {
  readonly policy: string;
  readonly bits: number;
  code(raw: bigint): bigint;
}

export const BIPOLAR_CODE: WeightCode = {
  policy: "bitloom::bipolar_weight",
  bits: 1,
  code: (raw) => (raw > 0n ? 1n : 0n),
};

const TERNARY_CODE: WeightCode = { policy: "bitloom::ternary_weight", bits: 2, code: (raw) => raw & 3n };

export function weightCode(weight: Parameter, bipolarInput: boolean, allowDsp: boolean): WeightCode {
  const [low, high] = rawRange(weight);
  if (weight.encoding === "bipolar") return BIPOLAR_CODE;
  if (low >= -1n && high <= 1n) return TERNARY_CODE;
  if (bipolarInput || allowDsp) return rawCode(low, high, bipolarInput ? "raw" : "multiplied");
  return digitCode(weight);
}

function rawCode(low: bigint, high: bigint, policy: string): WeightCode {
  const { width, signed } = smallestType(low, high, 0);
  const bits = signed ? width : width + 1;
  return { policy: `bitloom::${policy}_weight<${bits}>`, bits, code: (raw) => BigInt.asUintN(bits, raw) };
}

/** As many digits as the weight that needs most has. */
function digitCode(weight: Parameter): WeightCode {
  const digits = new Map<bigint, ReturnType<typeof signedDigits>>();
  for (const raw of distinctRaws(weight)) digits.set(raw, signedDigits(raw));
  const lists = [...digits.values()];
  const terms = Math.max(1, ...lists.map(({ length }) => length));
  const exponents = Math.max(1, ...lists.flat().map(({ shift }) => shift));
  const shiftBits = exponents.toString(2).length;
  const digitBits = shiftBits + 2;
  const code = (raw: bigint) =>
    (digits.get(raw) as ReturnType<typeof signedDigits>).reduce((bits, { sign, shift }, i) => {
      const digit = BigInt(shift) | (1n << BigInt(shiftBits)) | (sign < 0 ? 1n << BigInt(shiftBits + 1) : 0n);
      return bits | (digit << BigInt(i * digitBits));
    }, 0n);
  return { policy: `bitloom::digit_weight<${terms}, ${shiftBits}>`, bits: terms * digitBits, code };
}

/** Words of the weights: lane, then row * folds + fold, then word. Elements in the order tap, channel. */
export function packWeights(name: string, weight: Parameter, code: WeightCode, shape: WeightShape): HlsTable {
  const { pe, simd, outputs, channels, taps } = shape;
  const folds = foldsOf(shape);
  const depth = (outputs / pe) * folds;
  const bits = simd * code.bits;
  const words = Math.ceil(bits / 64);
  const writer = new BitWriter(pe * depth * words);
  const codes = codeTable(weight, code);
  for (let o = 0; o < outputs; o++) {
    const row = ((o % pe) * depth + Math.floor(o / pe) * folds) * words * 64;
    for (let e = 0; e < channels * taps; e++) {
      const [fold, element] = [Math.floor(e / simd), e % simd];
      const stored = weight.data[(o * channels + (e % channels)) * taps + Math.floor(e / channels)] as number | bigint;
      const parts = codes.get(stored) as number[];
      let at = row + fold * words * 64 + element * code.bits;
      for (const [i, part] of parts.entries()) {
        if (part !== 0) writer.write(at, part, Math.min(32, code.bits - 32 * i));
        at += 32;
      }
    }
  }
  return {
    name,
    summary: `weights by lane and row * ${folds} + fold, ${code.bits} bits each, ${simd} to a row of words`,
    type: nativeType(Math.min(64, bits), false),
    dimensions: [pe, depth, words],
    values: writer.words,
    partition: [1, 3],
    storage: depth === 1 ? undefined : romInBlockRam(pe * bits, depth, !!shape.blockRam) ? "bram" : "lutram",
  };
}

/** The code of every stored element that occurs, in pieces of 32 bits. */
function codeTable(weight: Parameter, { bits, code }: WeightCode): Map<number | bigint, number[]> {
  const codes = new Map<number | bigint, number[]>();
  for (let i = 0; i < weight.data.length; i++) {
    const stored = weight.data[i] as number | bigint;
    if (!codes.has(stored)) codes.set(stored, pieces(code(rawAt(weight, i)), bits));
  }
  return codes;
}
