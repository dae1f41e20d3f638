/** How a node becomes a stage: what it may look like, what it reads when, and what it takes. */

import type { Parts } from "./cost.ts";
import type { Folding, Lanes } from "./layer.ts";
import type { Pace } from "./pace.ts";

/**
 * How many beats of an input a stage has read when it writes beat `beat` (from 0, within the frame) of its output: never
 * fewer than the values need, and never more than this. What FIFOs must hold follows from it, so the back ends'
 * kernels must read neither earlier nor later.
 */
export type Required = (input: number, beat: number) => number;

/** The answers of one node. What can be prepared once for all foldings is prepared before. */
export interface Hardware {
  /** From the smallest to the largest stage, roughly. Never empty. */
  readonly foldings: readonly Folding[];
  lanes(folding: Folding): Lanes;
  /** Cycles of a frame. */
  cycles(folding: Folding): number;
  /** What the stage of the SystemVerilog back end is made of; its price (cost.ts) stands for both back ends. */
  parts(folding: Folding): Parts;
  required(folding: Folding): Required;
  pace(folding: Folding): Pace;
}

/** All divisors of a positive integer, ascending. */
export function divisors(n: number): number[] {
  const low: number[] = [];
  const high: number[] = [];
  for (let d = 1; d * d <= n; d++) {
    if (n % d !== 0) continue;
    low.push(d);
    if (d * d !== n) high.unshift(n / d);
  }
  return [...low, ...high];
}

export const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Every pair of a divisor of `outputs` and a divisor of `inputs`. */
export function allFoldings(outputs: number, inputs: number): Folding[] {
  const simds = divisors(inputs);
  return divisors(outputs).flatMap((pe) => simds.map((simd) => ({ pe, simd })));
}

/** Each folding, and the same with more block RAM where `memories` change with it. */
export const withBlockRam = (foldings: readonly Folding[], memories: (folding: Folding) => Parts): Folding[] =>
  foldings.flatMap((folding) => {
    const forms: Folding[] = [folding];
    for (const blockRam of [true, "products"] as const) {
      const other: Folding = { ...folding, blockRam };
      if (forms.every((form) => memories(form).bram18 !== memories(other).bram18)) forms.push(other);
    }
    return forms;
  });

/** Every divisor of `channels` as the number of lanes. */
export const laneFoldings = (channels: number): Folding[] => divisors(channels).map((pe) => ({ pe, simd: 1 }));

/** Not every caller asks for parts, and they take longer than the rest. */
export function memoize<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
