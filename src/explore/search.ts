/**
 * Chooses the folding of every stage: the smallest design that is as fast as asked for, or the fastest one that fits a budget.
 *
 *     conv (16 -> 16, 3x3, 32x32 pixels)   ->   pe 1, simd 144: 17,000 cycles at 16,384 asked for, or
 *                                               pe 16, simd 144: 1,156 cycles if there is room
 *
 * Stages run at the same time, so a design is as fast as its slowest stage, and for a number of cycles each stage may be chosen for
 * itself. Only where the cheapest choices do not fit do the stages depend on each other (squeeze.ts).
 */
import type { Area } from "../ir/cost.ts";
import { totalArea } from "../ir/cost.ts";
import type { Hardware } from "../ir/hardware.ts";
import type { Folding } from "../ir/layer.ts";
import { fitsInto, priceOf, without } from "./budget.ts";
import type { Choice } from "./foldings.ts";
import { choicesOf } from "./foldings.ts";
import { sortedBy, undominated } from "./pareto.ts";
import { squeeze } from "./squeeze.ts";

export interface DesignSpace {
  readonly stages: readonly Stage[];
  /** What stands between them: much the same in all designs. */
  readonly wiring: Area;
  /** What all may take together. */
  readonly budget: Area;
}

interface Stage {
  readonly name: string;
  /** What it can be, the cheapest first. */
  readonly choices: readonly Choice[];
  /** The cheapest of the fastest ones. */
  readonly fastest: Choice;
}

export interface Design {
  /** By the name of the stage. */
  readonly foldings: ReadonlyMap<string, Folding>;
  /** Of the slowest stage, and which one that is. */
  readonly cycles: number;
  readonly slowest: string;
  readonly area: Area;
  readonly fits: boolean;
}

export function designSpace(
  stages: readonly { readonly name: string; readonly hardware: Hardware }[],
  budget: Area,
  wiring: Area = totalArea([]),
): DesignSpace {
  const stageOf = ({ name, hardware }: { readonly name: string; readonly hardware: Hardware }): Stage => {
    const choices = sortedBy(choicesOf(hardware), ({ cost }) => priceOf(cost, budget));
    return { name, choices, fastest: sortedBy(choices, ({ cost }) => cost.cycles)[0] as Choice };
  };
  return { stages: stages.map(stageOf), wiring, budget };
}

/** The smallest design for a number of cycles per frame; without one the fastest that fits, and the smallest if none does. */
export const choose = (space: DesignSpace, cycles: number | undefined): Design =>
  cycles === undefined ? fastest(space) : smallest(space, cycles);

/**
 * The cheapest design that needs no more than so many cycles per frame and fits; if none fits the cheapest one. A stage that is
 * slower in all its forms takes its fastest one.
 */
export function smallest(space: DesignSpace, cycles: number): Design {
  const { stages, wiring, budget } = space;
  const cheapest = designOf(
    space,
    stages.map((stage) => stage.choices.find(({ cost }) => cost.cycles <= cycles) ?? stage.fastest),
  );
  if (cheapest.fits) return cheapest;
  const squeezed = squeeze(
    stages.map((stage) =>
      stage.choices.filter(({ cost }) => cost.cycles <= Math.max(cycles, stage.fastest.cost.cycles)),
    ),
    without(budget, wiring),
  );
  return squeezed ? designOf(space, squeezed) : cheapest;
}

/** The fastest design that fits; if none does the smallest one. */
function fastest(space: DesignSpace): Design {
  const targets = targetsOf(space);
  const at = (index: number) => smallest(space, targets[index] as number);
  return at(firstTrue(targets.length - 1, (index) => at(index).fits));
}

/** The smallest design for each speed, without those that another one beats; the fastest first. */
export function front(space: DesignSpace): Design[] {
  const designs = targetsOf(space).map((cycles) => smallest(space, cycles));
  const kept = undominated(designs, ({ cycles, area }) => ({ ...area, cycles }));
  return sortedBy(kept, ({ cycles }) => cycles);
}

/** Every number of cycles at which a stage may change its form, and that all of them reach. */
export function targetsOf({ stages }: DesignSpace): number[] {
  const least = Math.max(...stages.map(({ fastest }) => fastest.cost.cycles));
  const counts = new Set(stages.flatMap(({ choices }) => choices.map(({ cost }) => cost.cycles)));
  return [...counts].filter((count) => count >= least).sort((a, b) => a - b);
}

function designOf({ stages, wiring, budget }: DesignSpace, choices: readonly Choice[]): Design {
  const area = totalArea([wiring, ...choices.map(({ cost }) => cost)]);
  const slowest = choices.reduce(
    (most, { cost }, i) => (cost.cycles > (choices[most] as Choice).cost.cycles ? i : most),
    0,
  );
  return {
    foldings: new Map(stages.map(({ name }, i) => [name, (choices[i] as Choice).folding])),
    cycles: choices[slowest]?.cost.cycles ?? 0,
    slowest: stages[slowest]?.name ?? "",
    area,
    fits: fitsInto(area, budget),
  };
}

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
