/**
 * Chooses the folding of every stage: the cheapest one that needs no more than a target number of cycles per frame. Without
 * a target, the smallest one for which everything takes no more than a share of the device.
 *
 *     conv (16 -> 16, 3x3, 32x32 pixels)   ->   pe 1, simd 144: 17,000 cycles at 16,384 asked for, or
 *                                               pe 16, simd 144: 1,156 cycles if there is room
 */

import type { Area } from "../ir/cost.ts";
import { totalArea } from "../ir/cost.ts";
import type { Hardware } from "../ir/hardware.ts";
import type { Cost, Folding } from "../ir/layer.ts";

export interface FoldOptions {
  /** Cycles per frame to meet where a stage can. */
  readonly targetCycles?: number | undefined;
  /** What the stages may take together. */
  readonly budget: Area;
}

interface Choice {
  readonly folding: Folding;
  readonly cost: Cost;
}

export function chooseFoldings(stages: readonly Hardware[], { targetCycles, budget }: FoldOptions): Folding[] {
  const choices = stages.map((stage) => choicesOf(stage, budget));
  const target = targetCycles ?? balancedTarget(choices, budget);
  return choices.map((list) => cheapest(list, target).folding);
}

/** The foldings from cheap to dear, without those that another one beats in price and cycles. */
function choicesOf(stage: Hardware, budget: Area): Choice[] {
  const all = stage.foldings.map((folding) => ({ folding, cost: stage.cost(folding) }));
  const priced = all.map((choice) => ({ ...choice, price: shareOf(choice.cost, budget) }));
  priced.sort((a, b) => a.price - b.price || a.cost.cycles - b.cost.cycles);
  const kept: Choice[] = [];
  for (const choice of priced)
    if (choice.cost.cycles < (kept.at(-1)?.cost.cycles ?? Number.POSITIVE_INFINITY)) kept.push(choice);
  return kept;
}

/** Parts of the budget that a stage takes, all resources together. */
function shareOf({ lut, ff, bram18, dsp }: Area, budget: Area): number {
  const part = (amount: number, of: number) => (amount === 0 ? 0 : amount / of);
  return part(lut, budget.lut) + part(ff, budget.ff) + part(bram18, budget.bram18) + part(dsp, budget.dsp);
}

const cheapest = (choices: readonly Choice[], target: number): Choice =>
  choices.find(({ cost }) => cost.cycles <= target) ?? (choices.at(-1) as Choice);

/** The smallest number of cycles that fits into the budget; if none does, the one that takes least. */
function balancedTarget(stages: readonly Choice[][], budget: Area): number {
  const targets = [...new Set(stages.flatMap((list) => list.map(({ cost }) => cost.cycles)))].sort((a, b) => a - b);
  const slowest = Math.max(...stages.map((list) => list.at(-1)?.cost.cycles ?? 0));
  const useful = targets.filter((target) => target >= slowest);
  const fits = (target: number) => within(totalArea(stages.map((list) => cheapest(list, target).cost)), budget);
  return useful[firstTrue(useful.length - 1, (i) => fits(useful[i] as number))] as number;
}

const within = (area: Area, budget: Area): boolean =>
  area.lut <= budget.lut && area.ff <= budget.ff && area.bram18 <= budget.bram18 && area.dsp <= budget.dsp;

/** The first index up to `last` from which on the condition holds; `last` if it never does. */
function firstTrue(last: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
