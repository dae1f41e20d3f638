/** From a typed graph to hardware: stages, their foldings, the FIFOs between them. */
import type { DesignSpace } from "../explore/search.ts";
import { choose, designSpace } from "../explore/search.ts";
import type { Area } from "../ir/cost.ts";
import type { Graph } from "../ir/graph.ts";
import type { Hardware } from "../ir/hardware.ts";
import type { Folding, LayerRegistry } from "../ir/layer.ts";
import type { ScheduledGraph } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";
import { connect } from "./connect.ts";
import { sizeFifos } from "./depths.ts";
import { prune } from "./prune.ts";
import { groupStages } from "./stages.ts";
import type { Unit } from "./unit.ts";
import { hardwareOf } from "./unit.ts";

export interface ScheduleOptions {
  /** Cycles per frame to meet where a stage can; by default as few as fit into the budget. */
  readonly targetCycles?: number | undefined;
  readonly budget?: Area | undefined;
  /** The foldings of all stages by name, where they are not to be chosen. */
  readonly foldings?: ReadonlyMap<string, Folding> | undefined;
}

/** Two thirds of the Ultra96 v2's XCZU3EG: more does not place and route well. */
const DEFAULT_BUDGET: Area = { lut: 47_000, ff: 94_000, bram18: 288, dsp: 240 };

export function schedule(
  typed: Graph,
  options: ScheduleOptions = {},
  registry: LayerRegistry = layers,
): ScheduledGraph {
  const { graph, stages } = stagesOf(typed, registry);
  const { targetCycles, budget = DEFAULT_BUDGET } = options;
  const foldings = options.foldings ?? choose(designSpace(stages, budget), targetCycles).foldings;
  const folded = stages.map(({ hardware, ...unit }) => {
    const folding = foldings.get(unit.name) as Folding;
    return { ...unit, folding, lanes: hardware.lanes(folding), cycles: hardware.cycles(folding) };
  });
  return sizeFifos(connect(graph, folded), registry);
}

/** All that the stages of a graph can be. */
export const spaceOf = (typed: Graph, budget: Area, registry: LayerRegistry = layers): DesignSpace =>
  designSpace(stagesOf(typed, registry).stages, budget);

type HardwareUnit = Unit & { readonly hardware: Hardware };

function stagesOf(typed: Graph, registry: LayerRegistry): { graph: Graph; stages: HardwareUnit[] } {
  // A stream that nothing reads would fill its FIFO and stop the network.
  const graph = prune(typed, registry);
  const stages = groupStages(graph, registry).map((unit) => ({ ...unit, hardware: hardwareOf(graph, registry, unit) }));
  return { graph, stages };
}
