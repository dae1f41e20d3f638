/** The products of a chunk as bits for a compressor (compressor.ts). */
import type { Parts } from "../cost.ts";
import { areaOf } from "../cost.ts";
import type { Sums } from "../sums.ts";
import { elementBits, wordsOf } from "../sums.ts";
import { clusteredTerms } from "./clustered-terms.ts";
import type { Heights } from "./compressor.ts";
import { compressorLatency } from "./compressor.ts";
import type { ChunkFormat } from "./constant-groups.ts";
import { constantTerms } from "./constant-terms.ts";
import { levelMemories } from "./level-memories.ts";
import { productMemories } from "./product-memories.ts";
import { sharedTerms } from "./shared-terms.ts";
import { storedTerms } from "./stored-terms.ts";
import type { WeightCode } from "./weights.ts";

export interface Terms {
  readonly format: ChunkFormat;
  /** Of each lane; only the first if all are alike. */
  readonly lanes: readonly LaneTerms[];
  /** The sum of the products is (sum of the bits << shift) + constant of the lane. */
  readonly shift: number;
  /** Cycles from a chunk to its bits. */
  readonly latency: number;
  /** What keeps the weights of all lanes. */
  readonly memory: Parts;
  /** Lines of SystemVerilog that give the weights of the word `address` in the cycle after `read`. */
  weights(): string[];
  /**
   * Lines of SystemVerilog, and the bits, of the chunk `x`, a plane's, and the weights of a lane; their wires begin with `name`. Some bits may
   * count inverted.
   */
  bits(name: string, x: string, lane: number, plane: number): { lines: string[]; bits: string; inverted?: string };
}

export interface LaneTerms {
  readonly heights: Heights;
  readonly constant: bigint;
  /** LUTs that make its bits. */
  readonly luts: number;
}

export const laneTerms = ({ lanes }: Terms, lane: number): LaneTerms => lanes[lane % lanes.length] as LaneTerms;

/** Cycles from a chunk to the sums of its bits. */
export const countLatency = ({ latency, lanes }: Terms): number =>
  latency + Math.max(...lanes.map(({ heights }) => compressorLatency(heights)));

/** Cycles that the sum of such a lane waits for those of all lanes. */
export const countWaits = (terms: Terms, heights: Heights): number =>
  countLatency(terms) - terms.latency - compressorLatency(heights);

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
  const words = wordsOf(sums.shape);
  const element = elementOf(sums, planes);
  const stored = storedTerms(sums, code, element, exactBits);
  if (sums.weight.reloadable || exactBits !== undefined) return stored;
  const memories = productMemories(sums, element, planes);
  if (memories || words > MOST_WORDS) return memories ?? stored;
  const all = [
    ...levelMemories(sums, element),
    ...constantTerms(sums, element),
    ...(planes === 1 ? [...sharedTerms(sums, element), ...clusteredTerms(sums, element)] : []),
    stored,
  ];
  const costs = all.map((terms) => termsLuts(terms, sums.shape.pe * planes));
  return all[costs.indexOf(Math.min(...costs))] as Terms;
}

/** LUTs of so many lanes with their compressors, about. */
export function termsLuts({ memory, lanes }: Terms, count: number): number {
  const luts = lanes.map((lane) => lane.luts + LUTS_PER_BIT * lane.heights.reduce((sum, height) => sum + height, 0));
  return areaOf(memory).lut + (count / lanes.length) * luts.reduce((sum, lane) => sum + lane);
}

function elementOf(sums: Sums, planes: number): Element {
  const { type } = sums.input;
  if (planes > 1 || (type.kind === "bipolar" && !sums.signs)) return { bits: 1, kind: "bipolar" };
  return { bits: elementBits(sums), kind: type.kind === "bipolar" || type.signed ? "signed" : "unsigned" };
}
