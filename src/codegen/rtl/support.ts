/** Which nodes can become SystemVerilog. */
import { DiagnosticError, noRtl } from "../../diagnostics.ts";
import type { Node } from "../../ir/graph.ts";
import { layerOf } from "../../ir/infer.ts";
import type { LayerRegistry } from "../../ir/layer.ts";
import type { ScheduledGraph } from "../../ir/schedule.ts";

export function hasRtl(registry: LayerRegistry, node: Node): boolean {
  const layer = layerOf(registry, node);
  return layer.rtl !== undefined || layer.formula !== undefined;
}

export function checkKinds({ graph }: ScheduledGraph, registry: LayerRegistry): void {
  const missing = graph.nodes.filter((node) => !hasRtl(registry, node));
  if (missing.length > 0) throw new DiagnosticError(missing.map(({ name, kind }) => noRtl(name, kind)));
}
