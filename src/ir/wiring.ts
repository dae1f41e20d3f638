/** The parts of what stands between the stages: FIFOs, forks and width converters (src/templates/rtl). */
import type { Parts } from "./cost.ts";
import { allParts, counter, ram } from "./cost.ts";

/** `depth` beats of `bits` bits. */
export const fifoParts = (bits: number, depth: number): Parts =>
  allParts([{ fifo: 1 }, counter(depth), counter(depth), counter(depth + 1), ram(bits, depth)]);

export const forkParts = (outputs: number): Parts => ({ stage: outputs });

/** Beats of `from` bits become beats of `to` bits: the wider one is held. */
export const convertParts = (from: number, to: number): Parts =>
  allParts([
    { stage: 1, register: Math.max(from, to), select: to < from ? from : 0 },
    counter(Math.max(from, to) / Math.min(from, to) + 1),
  ]);
