/** The parts of what stands between the stages: FIFOs, forks and width converters (src/templates/rtl), as Yosys makes them. */
import type { Parts } from "./cost.ts";
import { allParts, bitsOf, ram } from "./cost.ts";

/** `depth` beats of `bits` bits: two places and their successor, a level. */
export const fifoParts = (bits: number, depth: number): Parts =>
  allParts([ram(bits, depth), { register: 3 * bitsOf(depth) + bitsOf(depth + 1), lut: 3 + 5 * bitsOf(depth) }]);

export const forkParts = (outputs: number): Parts => ({ lut: 2.5 * outputs, register: outputs });

/** Beats of `from` bits become beats of `to` bits: the wider one is held, and moves on by a narrower one. */
export function convertParts(from: number, to: number): Parts {
  const ratio = Math.max(from, to) / Math.min(from, to);
  const moved = ratio > 2 ? 1.8 : 1;
  return { register: Math.max(from, to) + bitsOf(ratio + 1), lut: to < from ? moved * from + 5 : 10 };
}
