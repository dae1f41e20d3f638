import type { Graph, Node } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";

/** Elementwise nodes that are computed together, in topological order. */
export interface ElementwiseNodes {
  readonly graph: Graph;
  readonly registry: LayerRegistry;
  readonly nodes: readonly Node[];
  /** Names of the streams that come from outside. */
  readonly inputs: readonly string[];
}
