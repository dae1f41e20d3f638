/** From a typed graph to hardware: stages, their foldings, the FIFOs between them. */
import type { Area } from "../ir/cost.ts";
import type { Graph } from "../ir/graph.ts";
import type { Folding, LayerRegistry } from "../ir/layer.ts";
import type { ScheduledGraph } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";
import type { FoldedUnit } from "./connect.ts";
import { connect } from "./connect.ts";
import { sizeFifos } from "./depths.ts";
import { chooseFoldings } from "./fold.ts";
import { prune } from "./prune.ts";
import { groupStages } from "./stages.ts";
import { hardwareOf } from "./unit.ts";

export interface ScheduleOptions {
  /** Cycles per frame to meet where a stage can; by default as few as fit into the budget. */
  readonly targetCycles?: number | undefined;
  readonly budget?: Area | undefined;
  /** Foldings that are given, by the name of the stage. */
  readonly foldings?: ReadonlyMap<string, Folding> | undefined;
}

/** Two thirds of the Ultra96 v2's XCZU3EG: more does not place and route well. */
export const DEFAULT_BUDGET: Area = { lut: 47_000, ff: 94_000, bram18: 288, dsp: 240 };

export function schedule(
  typed: Graph,
  options: ScheduleOptions = {},
  registry: LayerRegistry = layers,
): ScheduledGraph {
  // A stream that nothing reads would fill its FIFO and stop the network.
  const graph = prune(typed, registry);
  const units = groupStages(graph, registry).map((unit) => ({ unit, hardware: hardwareOf(graph, registry, unit) }));
  const { targetCycles, budget = DEFAULT_BUDGET } = options;
  const chosen = chooseFoldings(
    units.map(({ hardware }) => hardware),
    { targetCycles, budget },
  );
  const folded = units.map(({ unit, hardware }, i): FoldedUnit => {
    const folding = options.foldings?.get(unit.name) ?? (chosen[i] as Folding);
    return { ...unit, folding, lanes: hardware.lanes(folding), cycles: hardware.cost(folding).cycles };
  });
  return sizeFifos(connect(graph, folded), registry);
}
