/**
 * SystemVerilog of a scheduled graph. Pure: gives the files of a project by path.
 *
 *     rtl/NAME.sv              top: streams of beats in and out (valid, ready), a FIFO for each edge, an instance of each stage
 *     rtl/stages/STAGE.sv      a stage with its constants
 *     rtl/modules/*.sv         the modules that they are made of, as they stand in Bitloom
 *
 * With BITLOOM_COSIM defined the top also shows what goes into each FIFO and what its ends do. With BITLOOM_BEHAVIOURAL the modules that
 * are built of AMD's primitives are described by what they do instead, cycle for cycle, so that they simulate fast.
 */
import { bitWidth } from "../../ir/data-type.ts";
import { streamOf } from "../../ir/graph.ts";
import { contextOf, layerOf } from "../../ir/infer.ts";
import type { LayerRegistry } from "../../ir/layer.ts";
import type { RtlStage } from "../../ir/rtl/stage.ts";
import type { Fifo, LayerStage, ScheduledGraph } from "../../ir/schedule.ts";
import { render } from "../template.ts";
import { coreFile, fifoNamed } from "./core.ts";
import { elementwiseStage } from "./elementwise.ts";
import { moduleFiles } from "./modules.ts";

export function generateRtl(scheduled: ScheduledGraph, registry: LayerRegistry): Map<string, string> {
  const stages = scheduled.stages.filter((stage) => stage.kind === "layer");
  const files = new Map([
    [`rtl/${scheduled.graph.name}.sv`, coreFile(scheduled)],
    ...stages.map((stage) => [`rtl/stages/${stage.name}.sv`, stageFile(scheduled, registry, stage)] as const),
  ]);
  const modules = [...moduleFiles(files.values())].map(([name, text]) => [`rtl/modules/${name}.sv`, text] as const);
  return new Map([...files, ...modules]);
}

function stageFile(scheduled: ScheduledGraph, registry: LayerRegistry, stage: LayerStage): string {
  const port = (fifo: Fifo) => ({ bits: bitWidth(fifo.stream.type) * fifo.lanes });
  return render("rtl/stage.sv.hbs", {
    name: stage.name,
    summary: stage.nodes.map(({ name, kind }) => `${name} (${kind})`).join(", "),
    inputs: stage.inputs.map((name, i) => ({ port: `in${i}`, ...port(fifoNamed(scheduled, name)) })),
    output: port(fifoNamed(scheduled, stage.outputs[0] as string)),
    body: describe(scheduled, registry, stage).body,
  });
}

function describe(scheduled: ScheduledGraph, registry: LayerRegistry, stage: LayerStage): RtlStage {
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
