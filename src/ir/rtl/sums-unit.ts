/** What the matrix-vector unit of a node makes of a chunk. */
import { BIPOLAR } from "../data-type.ts";
import type { Parameter } from "../parameter.ts";
import type { Sums } from "../sums.ts";
import { elementBits, productBits } from "../sums.ts";
import { sumBits } from "./compressor.ts";
import type { Terms } from "./terms.ts";
import { countLatency, termsLuts, termsOf } from "./terms.ts";
import { hasStarts } from "./weight-memories.ts";
import type { WeightCode } from "./weights.ts";
import { weightCode } from "./weights.ts";

export interface SumsUnit {
  readonly code: WeightCode;
  readonly terms: Terms;
  /** What it sums up in a cycle: so many planes of each of its lanes. */
  readonly lanes: number;
  readonly planes: number;
  /** Cycles from a chunk to the sums of its products. */
  readonly latency: number;
}

/** By the weights, and all else that a unit follows from: many ask for the same one, and it takes long. */
const known = new WeakMap<Parameter, Map<string, SumsUnit>>();

/** Of sums in any folding, of chunks of so many planes of bits. */
export function sumsUnitOf(sums: Sums, planes: number): SumsUnit {
  const { weight, input, shape, accumulator, groups, signs, bits, levels } = sums;
  const ofWeight = known.get(weight) ?? new Map<string, SumsUnit>();
  known.set(weight, ofWeight);
  const numbers = [shape, planes, input.type, accumulator !== undefined, groups, signs, bits, levels];
  const key = JSON.stringify([...numbers, hasStarts(sums)]);
  const unit = ofWeight.get(key) ?? cheapest(sums, planes);
  ofWeight.set(key, unit);
  return unit;
}

function cheapest(sums: Sums, planes: number): SumsUnit {
  const { weight, input, shape, accumulator } = sums;
  const code = weightCode(weight, planes > 1 || input.type.kind === "bipolar");
  const terms = termsOf(sums, code, planes, accumulator && productBits(weight, elementBits(sums) + 1));
  const atOnce = { code, terms, lanes: shape.pe, planes, latency: countLatency(terms) };
  const inTurn = planes === 2 ? unitInTurn(sums, code) : undefined;
  return inTurn && unitLuts(inTurn) + turnLuts(inTurn, shape.simd) < unitLuts(atOnce) ? inTurn : atOnce;
}

/**
 * One plane after the other of twice as many lanes, which takes as long: there are half as many words of weights then, so that a LUT takes
 * more products, or lanes share sums. What leaves are two rows of lanes with both planes (plane_turns.sv, plane_pairs.sv).
 */
function unitInTurn(sums: Sums, code: WeightCode): SumsUnit | undefined {
  const { shape, input, groups, weight } = sums;
  const { pe, simd, outputs, channels, taps, blockRam } = shape;
  const whole = simd === channels * taps && groups === 1 && (outputs / pe) % 2 === 0;
  if (!whole || weight.reloadable || blockRam === "products") return undefined;
  const plane = { ...sums, input: { ...input, type: BIPOLAR }, shape: { ...shape, pe: 2 * pe } };
  const terms = termsOf(plane, code, 1);
  return { code, terms, lanes: 2 * pe, planes: 1, latency: countLatency(terms) + 1 };
}

const unitLuts = ({ terms, lanes, planes }: SumsUnit): number => termsLuts(terms, lanes * planes);

/** LUTs that choose the plane of a chunk, and the half of the lanes. */
export const turnLuts = ({ terms, lanes }: SumsUnit, simd: number): number => (simd + lanes * countBits(terms)) / 2;

/** Of the largest sum of a lane. */
export const countBits = ({ lanes }: Terms): number => Math.max(...lanes.map(({ heights }) => sumBits(heights)));

/** Whether the unit of sums with so many planes does one after the other. */
export const worksInTurn = (unit: SumsUnit, planes: number): boolean => unit.planes < planes;
