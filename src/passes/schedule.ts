/** From a typed graph to hardware: stages, their foldings, the FIFOs between them. */
import type { Design, DesignSpace } from "../explore/search.ts";
import { choose, designSpace } from "../explore/search.ts";
import type { Area } from "../ir/cost.ts";
import type { Graph } from "../ir/graph.ts";
import type { Hardware } from "../ir/hardware.ts";
import type { Folding, LayerRegistry } from "../ir/layer.ts";
import type { ScheduledGraph } from "../ir/schedule.ts";
import { wiringArea } from "../ir/wiring.ts";
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
  const staged = stagesOf(typed, registry);
  const { targetCycles, budget = DEFAULT_BUDGET } = options;
  const foldings = options.foldings ?? choose(designSpace(staged.stages, budget), targetCycles).foldings;
  return fold(staged, foldings, registry);
}

function fold({ graph, stages }: Staged, foldings: Design["foldings"], registry: LayerRegistry): ScheduledGraph {
  const folded = stages.map(({ hardware, ...unit }) => {
    const folding = foldings.get(unit.name) as Folding;
    return { ...unit, folding, lanes: hardware.lanes(folding), cycles: hardware.cycles(folding) };
  });
  return sizeFifos(connect(graph, folded), registry);
}

/**
 * All that a graph can be as hardware, and a design: the smallest one for so many cycles, or the fastest that fits. What stands between
 * the stages is counted as it is in that design: so it is chosen once without and once with it, until nothing changes.
 */
export function explored(
  typed: Graph,
  budget: Area,
  targetCycles?: number,
  registry: LayerRegistry = layers,
): Explored {
  const staged = stagesOf(typed, registry);
  let space = designSpace(staged.stages, budget);
  let design = choose(space, targetCycles);
  for (let round = 0; round < ROUNDS; round++) {
    space = { ...space, wiring: wiringArea(fold(staged, design.foldings, registry)) };
    const former = design;
    design = choose(space, targetCycles);
    if (design.cycles === former.cycles) break;
  }
  return { space, design };
}

export interface Explored {
  readonly space: DesignSpace;
  readonly design: Design;
}

const ROUNDS = 2;

/** What becomes stages, of any folding. */
interface Staged {
  readonly graph: Graph;
  readonly stages: readonly (Unit & { readonly hardware: Hardware })[];
}

function stagesOf(typed: Graph, registry: LayerRegistry): Staged {
  // A stream that nothing reads would fill its FIFO and stop the network.
  const graph = prune(typed, registry);
  const stages = groupStages(graph, registry).map((unit) => ({
    ...unit,
    hardware: hardwareOf(graph, registry, unit.nodes),
  }));
  return { graph, stages };
}
