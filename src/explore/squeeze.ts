/**
 * Fits stages into a budget whose resources run out one by one, where the cheapest choices together take too much of one and leave
 * some of another: stage by stage, the sets of choices so far of which none takes more of everything than another.
 *
 *     40 LUT or 1 BRAM18, 60 LUT or 1 BRAM18, budget 50 LUT and 1 BRAM18   ->   40 LUT, 1 BRAM18
 */
import type { Area } from "../ir/cost.ts";
import type { Cost } from "../ir/layer.ts";
import { fitsInto, fullness, priceOf } from "./budget.ts";
import type { Choice } from "./foldings.ts";
import { sortedBy, undominated } from "./pareto.ts";

/** Choices for the stages so far. */
interface Partial {
  readonly cost: Cost;
  readonly choice?: Choice;
  readonly before?: Partial;
}

/** Sets that are followed at most. With fewer nothing is lost, and the result is the cheapest one that fits. */
const BEAM = 64;

/** A choice for each stage that together fit, or undefined if none was found. */
export function squeeze(stages: readonly (readonly Choice[])[], budget: Area): Choice[] | undefined {
  const rests = leastOfRest(stages);
  let partials: Partial[] = [{ cost: NOTHING }];
  for (const [i, choices] of stages.entries()) {
    const withRest = ({ cost }: Partial) => sum(cost, rests[i + 1] as Cost);
    const grown = partials.flatMap((before) =>
      choices.map((choice) => ({ cost: sum(before.cost, choice.cost), choice, before })),
    );
    const possible = grown.filter((partial) => fitsInto(withRest(partial), budget));
    partials = undominated(possible, ({ cost }) => cost);
    if (partials.length > BEAM)
      partials = sortedBy(partials, (partial) => fullness(withRest(partial), budget)).slice(0, BEAM);
  }
  const [cheapest] = sortedBy(partials, ({ cost }) => priceOf(cost, budget));
  return cheapest && choicesUpTo(cheapest);
}

const NOTHING: Cost = { cycles: 0, lut: 0, ff: 0, bram18: 0, dsp: 0 };

/** Of stages; their cycles do not add up. */
const sum = (a: Cost, b: Cost): Cost => ({
  cycles: 0,
  lut: a.lut + b.lut,
  ff: a.ff + b.ff,
  bram18: a.bram18 + b.bram18,
  dsp: a.dsp + b.dsp,
});

/** What the stages from each one on take at least, of each resource for itself. */
function leastOfRest(stages: readonly (readonly Choice[])[]): Cost[] {
  const rests: Cost[] = [NOTHING];
  for (const choices of stages.toReversed()) {
    const least = (name: keyof Area) => Math.min(...choices.map(({ cost }) => cost[name]));
    const cost = { cycles: 0, lut: least("lut"), ff: least("ff"), bram18: least("bram18"), dsp: least("dsp") };
    rests.unshift(sum(cost, rests[0] as Cost));
  }
  return rests;
}

function choicesUpTo(last: Partial): Choice[] {
  const choices: Choice[] = [];
  for (let at: Partial | undefined = last; at?.choice; at = at.before) choices.unshift(at.choice);
  return choices;
}
