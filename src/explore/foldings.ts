/** What each stage can be. */

import { costOf } from "../ir/cost.ts";
import type { Hardware } from "../ir/hardware.ts";
import type { Cost, Folding } from "../ir/layer.ts";
import { undominated } from "./pareto.ts";

/** One form of a stage, and what it takes. */
export interface Choice {
  readonly folding: Folding;
  readonly cost: Cost;
}

/** The foldings of a stage, without those that another one beats in cycles and in every resource. Never empty. */
export const choicesOf = (stage: Hardware): Choice[] =>
  undominated(
    stage.foldings.map((folding) => ({ folding, cost: costOf(stage, folding) })),
    ({ cost }) => cost,
  );
