/** What a classifier's outputs say. */
import type { Raws } from "../ir/tensor.ts";

/** The class of one image: the index of the largest output (the first of equals), or the output itself if there is one only. */
export function classOf(output: Raws): number {
  if (output.length === 1) return Number(output[0]);
  let best = 0;
  for (let i = 1; i < output.length; i++) if ((output[i] as number) > (output[best] as number)) best = i;
  return best;
}

/** How often each class was found. */
export function classCounts(classes: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const found of classes) counts[found] = (counts[found] ?? 0) + 1;
  return counts;
}
