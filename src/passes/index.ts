/** All passes, in their order. */
import type { Graph } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import { layers } from "../layers/index.ts";
import { canonicalize } from "./canonicalize.ts";
import { narrow } from "./narrow.ts";
import { tables } from "./tables.ts";
import { thresholds } from "./thresholds.ts";

export { schedule } from "./schedule.ts";

/** From a typed graph to one that computes the same, for every input. */
export interface Pass {
  readonly name: string;
  readonly run: (graph: Graph, registry: LayerRegistry) => Graph;
}

export const passes: readonly Pass[] = [
  { name: "canonicalize", run: canonicalize },
  { name: "narrow", run: narrow },
  { name: "thresholds", run: thresholds },
  { name: "tables", run: tables },
];

export function optimize(graph: Graph, registry: LayerRegistry = layers): Graph {
  return passes.reduce((current, pass) => pass.run(current, registry), graph);
}
