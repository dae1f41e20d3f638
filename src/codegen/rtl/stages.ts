/** What the layers say of the stages of a scheduled graph. */
import { streamOf } from "../../ir/graph.ts";
import { contextOf, layerOf } from "../../ir/infer.ts";
import type { LayerRegistry } from "../../ir/layer.ts";
import type { RtlStage } from "../../ir/rtl/stage.ts";
import type { LayerStage, ScheduledGraph } from "../../ir/schedule.ts";
import { fifoNamed } from "./core.ts";
import { elementwiseStage } from "./elementwise.ts";

export const layerStages = ({ stages }: ScheduledGraph): LayerStage[] =>
  stages.filter((stage) => stage.kind === "layer");

export function stageRtl(scheduled: ScheduledGraph, registry: LayerRegistry, stage: LayerStage): RtlStage {
  const { graph } = scheduled;
  const { nodes, folding, inputs } = stage;
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) throw new Error(`internal error: stage ${stage.name} has no node`);
  const options = {
    folding,
    outputLanes: fifoNamed(scheduled, stage.outputs[0] as string).lanes,
    output: streamOf(graph, last.name),
  };
  const layer = layerOf(registry, first);
  const context = contextOf(graph, first, graph.streams);
  if (layer.rtl && context) return layer.rtl(context, options);
  const sources = inputs.map((name) => fifoNamed(scheduled, name).source);
  return elementwiseStage({ graph, registry, nodes, inputs: sources }, options);
}
