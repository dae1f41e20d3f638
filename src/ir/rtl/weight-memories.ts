/**
 * The memories of a stage whose weights can be loaded, in the order of loading: the weights, and what follows from them, the starts of sums
 * that lack taps at the borders. The driver (weights.py) makes their words of other weights by the layouts.
 */
import type { Parameter } from "../parameter.ts";
import type { Sums, WeightShape } from "../sums.ts";
import { absentOf, fractions, productShift, startBases, startValues, wordsOf } from "../sums.ts";
import type { ReloadableMemory } from "./reloadable.ts";
import { indexBits, wordOf } from "./verilog.ts";
import type { WeightCode } from "./weights.ts";
import { weightWords } from "./weights.ts";

/** What of a stage can be loaded. */
export interface Loadable {
  readonly memories: readonly ReloadableMemory[];
  readonly layout: WeightLayout;
}

/** The chain of loaders in a stage: its ports, and what is between its memories. */
export const linksOf = (sums: Sums) => ({
  first: "weights_in",
  between: hasStarts(sums) ? "weights_between" : "weights_out",
  last: "weights_out",
});

export const weightsOf = (weight: Parameter, code: WeightCode, shape: WeightShape): ReloadableMemory => ({
  name: "weights",
  width: shape.pe * shape.simd * code.bits,
  depth: wordsOf(shape),
  words: () => weightWords(weight, code, shape),
});

/** Whether what sums start from changes with the weights. */
export const hasStarts = (sums: Sums): boolean =>
  sums.weight.reloadable === true && !sums.accumulator && absentOf(sums).some((lacking) => lacking.includes(true));

/** Words of their memory. */
export const startsDepth = (sums: Sums): number =>
  absentOf(sums).length * 2 ** indexBits(sums.shape.outputs / sums.shape.pe);

/** For each class of pixels and row of outputs, of which the memory has a power of two, what the lanes' sums of `bits` bits start from. */
export function startsOf(sums: Sums, bits: number, lacks: (output: number) => bigint): ReloadableMemory {
  const { pe, outputs } = sums.shape;
  const places = 2 ** indexBits(outputs / pe);
  const depth = startsDepth(sums);
  return {
    ...{ name: "starts", width: pe * bits, depth },
    words() {
      const values = startValues(sums, fractions(sums).sum, lacks, bits);
      return Array.from({ length: depth }, (_, i) => {
        const row = Math.min(i % places, outputs / pe - 1);
        const first = Math.floor(i / places) * outputs + row * pe;
        return wordOf(values.slice(first, first + pe), bits);
      });
    },
  };
}

/** What the driver has to know of the memories of a node. */
export interface WeightLayout {
  readonly node: string;
  /** (outputs, channels of a group, kernel rows, kernel columns), or (outputs, channels times pixels). */
  readonly tensor: string;
  readonly shape: { outputs: number; channels: number; taps: number; pe: number; simd: number };
  /** Of a weight in its memory. */
  readonly bits: number;
  readonly starts?: {
    readonly bits: number;
    /** Of each class, a power of two. */
    readonly rows: number;
    readonly shift: number;
    /** Of each output, in decimal. */
    readonly bases: readonly string[];
    /** Of each class of pixels the taps that it lacks. */
    readonly absent: readonly (readonly number[])[];
  };
}

export function layoutOf(
  sums: Sums,
  tensor: string,
  code: WeightCode,
  bits: number,
  lacks: (output: number) => bigint,
): WeightLayout {
  const { pe, simd, outputs, channels, taps } = sums.shape;
  const layout = { node: sums.name, tensor, shape: { outputs, channels, taps, pe, simd }, bits: code.bits };
  if (!hasStarts(sums)) return layout;
  const { sum } = fractions(sums);
  const absent = absentOf(sums).map((lacking) => lacking.flatMap((lacks, tap) => (lacks ? [tap] : [])));
  const bases = startBases(sums, sum, lacks).map(String);
  const rows = 2 ** indexBits(outputs / pe);
  return { ...layout, starts: { bits, rows, shift: Number(productShift(sums, sum)), bases, absent } };
}
