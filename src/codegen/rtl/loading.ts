/** What of a design can be loaded: the weights, stage by stage. */
import type { Graph } from "../../ir/graph.ts";
import { layerOf } from "../../ir/infer.ts";
import { sliced } from "../../ir/rtl/reloadable.ts";
import type { Loadable } from "../../ir/rtl/weight-memories.ts";
import type { ScheduledGraph } from "../../ir/schedule.ts";
import { layers } from "../../layers/index.ts";
import { layerStages, stageRtl } from "./stages.ts";

/** Whether there are weights that can be loaded. */
export const isLoadable = ({ nodes, parameters }: Graph): boolean =>
  nodes.some((node) => parameters.get(layerOf(layers, node).weight?.(node.attributes) ?? "")?.reloadable);

/** In the order of loading. */
export const loadables = (scheduled: ScheduledGraph): Loadable[] =>
  isLoadable(scheduled.graph)
    ? layerStages(scheduled).flatMap((stage) => stageRtl(scheduled, layers, stage).loadable ?? [])
    : [];

/** The words that load the weights of the graph. */
export const loadedWords = (scheduled: ScheduledGraph): Uint32Array =>
  Uint32Array.from(loadables(scheduled).flatMap(({ memories }) => memories.flatMap(sliced)));
