/** The products of a chunk as bits for a compressor (compressor.ts). */
import type { Parts } from "../cost.ts";
import { areaOf } from "../cost.ts";
import type { Sums } from "../sums.ts";
import { elementBits } from "../sums.ts";
import type { Heights } from "./compressor.ts";
import type { ChunkFormat } from "./constant-groups.ts";
import { constantTerms } from "./constant-terms.ts";
import { levelMemories } from "./level-memories.ts";
import { storedTerms } from "./stored-terms.ts";
import type { WeightCode } from "./weights.ts";

export interface Terms {
  readonly format: ChunkFormat;
  readonly heights: Heights;
  /** The sum of the products is (sum of the bits << shift) + constant. */
  readonly shift: number;
  readonly constant: bigint;
  /** Cycles from a chunk to its bits. */
  readonly latency: number;
  /** LUTs that make the bits of a lane. */
  readonly luts: number;
  /** What keeps the weights of all lanes. */
  readonly memory: Parts;
  /** Lines of SystemVerilog that give the weights of the word `address` in the cycle after `read`. */
  weights(): string[];
  /** Lines of SystemVerilog, and the bits, of the chunk `x` and the weights of a lane; their wires begin with `name`. */
  bits(name: string, x: string, lane: number): { lines: string[]; bits: string };
}

/** How an element of a chunk stands in it. */
export interface Element {
  readonly bits: number;
  readonly kind: "bipolar" | "signed" | "unsigned";
}

/** Of a compressor, about. */
const LUTS_PER_BIT = 0.5;

/** Words of weights that may be constants in the logic: more of them leave a LUT no inputs. */
const MOST_WORDS = 16;

/** The cheapest. With `exactBits` nothing is left to add: the sum of the bits is that of the products modulo 2^exactBits. */
export function termsOf(sums: Sums, code: WeightCode, planes: number, exactBits?: number): Terms {
  const { pe, simd, outputs, channels, taps } = sums.shape;
  const words = (outputs / pe) * ((channels * taps) / simd);
  const element = elementOf(sums, planes);
  const stored = storedTerms(sums, code, element, exactBits);
  if (exactBits !== undefined || words > MOST_WORDS) return stored;
  const all = [...levelMemories(sums, element), ...constantTerms(sums, element), stored];
  const costs = all.map(({ memory, luts, heights }) => {
    const bits = heights.reduce((sum, height) => sum + height, 0);
    return areaOf(memory).lut + pe * planes * (luts + LUTS_PER_BIT * bits);
  });
  return all[costs.indexOf(Math.min(...costs))] as Terms;
}

function elementOf(sums: Sums, planes: number): Element {
  const { type } = sums.input;
  if (planes > 1 || (type.kind === "bipolar" && !sums.signs)) return { bits: 1, kind: "bipolar" };
  return { bits: elementBits(sums), kind: type.kind === "bipolar" || type.signed ? "signed" : "unsigned" };
}
