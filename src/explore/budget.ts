/** What a design may take of a device. */
import type { Area } from "../ir/cost.ts";

export const fitsInto = (area: Area, budget: Area): boolean =>
  area.lut <= budget.lut && area.ff <= budget.ff && area.bram18 <= budget.bram18 && area.dsp <= budget.dsp;

/** What is left of a budget. */
export const without = (budget: Area, taken: Area): Area => ({
  lut: budget.lut - taken.lut,
  ff: budget.ff - taken.ff,
  bram18: budget.bram18 - taken.bram18,
  dsp: budget.dsp - taken.dsp,
});

/**
 * The parts of the budget that something takes, all resources together: the price by which designs are compared. Block RAM is what most
 * designs leave over; so long as it does not run out, a share of it counts a tenth (of a whole Ultra96 v2, 16 LUTs for a BRAM18).
 */
export function priceOf(area: Area, budget: Area): number {
  const [lut = 0, ff = 0, bram18 = 0, dsp = 0] = shares(area, budget);
  return lut + ff + bram18 / 10 + dsp;
}

/** The part of the budget that is taken of the scarcest resource; more than 1 does not fit. */
export const fullness = (area: Area, budget: Area): number => Math.max(...shares(area, budget));

function shares(area: Area, budget: Area): number[] {
  const share = (amount: number, of: number) => (amount === 0 ? 0 : amount / of);
  return [
    share(area.lut, budget.lut),
    share(area.ff, budget.ff),
    share(area.bram18, budget.bram18),
    share(area.dsp, budget.dsp),
  ];
}
