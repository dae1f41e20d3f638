/** Weights as src/templates/rtl/products.sv and xnor.sv read them. */

import type { Parts } from "../cost.ts";
import { rom, romInBlockRam } from "../cost.ts";
import { numeric, signedBits, smallestType } from "../data-type.ts";
import type { Parameter } from "../parameter.ts";
import { distinctRaws, rawRange } from "../parameter.ts";
import type { WeightShape } from "../sums.ts";
import { laneWeights, wordsOf } from "../sums.ts";
import { shiftAddCode } from "./shift-add.ts";
import { truthInPairs } from "./tables.ts";
import { firstWords, indexBits, wordOf } from "./verilog.ts";

/** How a weight stands in memory: W_KIND of products.sv, its bits and digits, and the code of a raw. */
export interface WeightCode {
  readonly kind: number;
  readonly bits: number;
  readonly digits: number;
  code(raw: bigint): bigint;
}

const shiftAdd = new WeakMap<Parameter, WeightCode>();

export function weightCode(weight: Parameter, bipolarInput: boolean): WeightCode {
  if (weight.encoding === "bipolar") return { kind: 0, bits: 1, digits: 1, code: (raw) => (raw > 0n ? 1n : 0n) };
  if (weight.reloadable) return anyCode(weight, bipolarInput);
  const [low, high] = rawRange(weight);
  if (low >= -1n && high <= 1n) return TERNARY;
  if (bipolarInput) {
    const { signed, width } = smallestType(low, high, 0);
    return plainCode(2, signed ? width : width + 1, 1);
  }
  const code = shiftAdd.get(weight) ?? digitCode(weight); // The search asks for each folding.
  shiftAdd.set(weight, code);
  return code;
}

function digitCode(weight: Parameter): WeightCode {
  const raws = distinctRaws(weight);
  const { digits, codes } = shiftAddCode(raws);
  const known = new Map(raws.map((raw, i) => [raw, codes[i] as bigint]));
  return { kind: 3, bits: 3 * digits, digits, code: (raw) => known.get(raw) as bigint };
}

/** For all weights of the type: the raws themselves, so that whoever loads them need know no code. */
function anyCode({ encoding, type }: Parameter, bipolarInput: boolean): WeightCode {
  if (encoding === "ternary") return TERNARY;
  if (bipolarInput) return plainCode(2, signedBits(type), 1);
  const { signed, width } = numeric(type);
  return signed ? plainCode(4, width, Math.ceil(width / 2)) : plainCode(5, width, Math.floor(width / 2) + 1);
}

const plainCode = (kind: number, bits: number, digits: number): WeightCode => ({
  ...{ kind, bits, digits },
  code: (raw) => BigInt.asUintN(bits, raw),
});

const TERNARY = plainCode(1, 2, 1);

/** All words: of each the lanes and of these the elements, lowest first. */
export function weightWords(weight: Parameter, { bits, code }: WeightCode, shape: WeightShape): bigint[] {
  const lanes = Array.from({ length: shape.pe }, (_, lane) => lane);
  return Array.from({ length: wordsOf(shape) }, (_, word) =>
    wordOf(lanes.flatMap((lane) => laneWeights(weight, shape, word, lane)).map(code), bits),
  );
}

/** What such a memory is made of: of 16 or 32 words a LUT gives two bits. */
export function weightParts(weight: WeightCode, shape: WeightShape): Parts {
  const [width, depth] = [shape.pe * shape.simd * weight.bits, wordsOf(shape)];
  return romInPairs(width, depth, shape)
    ? { lut: Math.ceil(width / 2), register: width }
    : rom(width, depth, !!shape.blockRam);
}

/** Of fewer words many bits are the same function of the address. */
const romInPairs = (width: number, depth: number, { blockRam }: WeightShape): boolean =>
  depth > 8 && depth <= 32 && !romInBlockRam(width, depth, !!blockRam);

/** A memory: `weights` is the word at `address` from the cycle after `read` on. */
export function weightMemory(weight: Parameter, code: WeightCode, shape: WeightShape): string[] {
  const words = weightWords(weight, code, shape);
  const width = shape.pe * shape.simd * code.bits;
  if (romInPairs(width, words.length, shape)) {
    const inputs = indexBits(words.length);
    const all = Array.from({ length: 2 ** inputs }, (_, i) => words[Math.min(i, words.length - 1)] as bigint);
    return [
      `wire [${width - 1}:0] word;`,
      ...truthInPairs("word", "address", inputs, width, all),
      `logic [${width - 1}:0] weights;`,
      "always_ff @(posedge clk) if (read) weights <= word;",
    ];
  }
  return [
    `${romInBlockRam(width, words.length, !!shape.blockRam) ? '(* rom_style = "block" *) ' : ""}logic [${width - 1}:0] memory[0:${words.length - 1}];`,
    `logic [${width - 1}:0] weights;`,
    ...firstWords("memory", width, words),
    "always_ff @(posedge clk) if (read) weights <= memory[address];",
  ];
}
