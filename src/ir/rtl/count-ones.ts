/** How many of some bits are set, in steps of a pipeline: six bits at a time, then pairs of sums. */
import type { Pipeline, Signal } from "./pipeline.ts";
import { indexBits } from "./verilog.ts";

/** The bits are of one time. */
export function countOnes(bits: readonly Signal[], pipeline: Pipeline): Signal {
  if (bits.length === 1) return bits[0] as Signal;
  let counts = inGroups(bits, 6, pipeline);
  while (counts.length > 1) counts = inGroups(counts, 2, pipeline);
  return counts[0] as Signal;
}

function inGroups(counts: readonly Signal[], size: number, pipeline: Pipeline): Signal[] {
  return Array.from({ length: Math.ceil(counts.length / size) }, (_, i) => {
    const group = counts.slice(i * size, (i + 1) * size);
    const high = group.reduce((sum, count) => sum + count.high, 0n);
    const { time } = group[0] as Signal;
    const shape = { width: indexBits(Number(high) + 1), signed: false, time, low: 0n, high };
    // Of six bits each of the three of their sum is a LUT.
    pipeline.spend(shape.width);
    return pipeline.register(shape, group.map((count) => pipeline.at(count, time)).join(" + "));
  });
}
