/** Weights as src/templates/rtl/products.sv and xnor.sv read them. */

import { romInBlockRam } from "../cost.ts";
import { smallestType } from "../data-type.ts";
import type { Parameter } from "../parameter.ts";
import { distinctRaws, rawAt, rawRange } from "../parameter.ts";
import type { WeightShape } from "../sums.ts";
import { shiftAddCode } from "./shift-add.ts";
import { unsignedLiteral } from "./verilog.ts";

/** How a weight stands in memory: W_KIND of products.sv, its bits, and the code of a raw. */
export interface WeightCode {
  readonly kind: number;
  readonly bits: number;
  code(raw: bigint): bigint;
}

const shiftAdd = new WeakMap<Parameter, WeightCode>();

export function weightCode(weight: Parameter, bipolarInput: boolean): WeightCode {
  if (weight.encoding === "bipolar") return { kind: 0, bits: 1, code: (raw) => (raw > 0n ? 1n : 0n) };
  const [low, high] = rawRange(weight);
  if (low >= -1n && high <= 1n) return { kind: 1, bits: 2, code: (raw) => raw & 3n };
  if (bipolarInput) {
    const { signed, width } = smallestType(low, high, 0);
    const bits = signed ? width : width + 1;
    return { kind: 2, bits, code: (raw) => BigInt.asUintN(bits, raw) };
  }
  const code = shiftAdd.get(weight) ?? digitCode(weight); // The search asks for each folding.
  shiftAdd.set(weight, code);
  return code;
}

function digitCode(weight: Parameter): WeightCode {
  const raws = distinctRaws(weight);
  const { digits, codes } = shiftAddCode(raws);
  const known = new Map(raws.map((raw, i) => [raw, codes[i] as bigint]));
  return { kind: 3, bits: 3 * digits, code: (raw) => known.get(raw) as bigint };
}

/** Words of weights: of each row the chunks. */
export const wordsOf = ({ pe, simd, outputs, channels, taps }: WeightShape): number =>
  (outputs / pe) * ((channels * taps) / simd);

/** The raws of a lane in a word, by element. */
export function laneWeights(weight: Parameter, shape: WeightShape, word: number, lane: number): bigint[] {
  const { pe, simd, channels, taps } = shape;
  const folds = (channels * taps) / simd;
  const [row, fold] = [Math.floor(word / folds), word % folds];
  return Array.from({ length: simd }, (_, i) => {
    const e = fold * simd + i;
    return rawAt(weight, ((row * pe + lane) * channels + (e % channels)) * taps + Math.floor(e / channels));
  });
}

/** A memory: `weights` is the word at `address` from the cycle after `read` on; of each word the lanes and of these the elements, lowest first. */
export function weightMemory(weight: Parameter, { bits, code }: WeightCode, shape: WeightShape): string[] {
  const { pe, simd } = shape;
  const depth = wordsOf(shape);
  const width = pe * simd * bits;
  const word = (address: number): bigint => {
    const raws = Array.from({ length: pe }, (_, lane) => laneWeights(weight, shape, address, lane)).flat();
    return BigInt(
      `0b${raws
        .reverse()
        .map((raw) => code(raw).toString(2).padStart(bits, "0"))
        .join("")}`,
    );
  };
  return [
    `${romInBlockRam(width, depth, !!shape.blockRam) ? '(* rom_style = "block" *) ' : ""}logic [${width - 1}:0] memory[0:${depth - 1}];`,
    `logic [${width - 1}:0] weights;`,
    "initial begin",
    ...Array.from({ length: depth }, (_, i) => `  memory[${i}] = ${unsignedLiteral(width, word(i))};`),
    "end",
    "always_ff @(posedge clk) if (read) weights <= memory[address];",
  ];
}
