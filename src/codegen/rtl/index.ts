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
import type { LayerRegistry } from "../../ir/layer.ts";
import type { RtlStage } from "../../ir/rtl/stage.ts";
import type { Fifo, LayerStage, ScheduledGraph } from "../../ir/schedule.ts";
import { render } from "../template.ts";
import { coreFile, fifoNamed } from "./core.ts";
import { moduleFiles } from "./modules.ts";
import { layerStages, stageRtl } from "./stages.ts";

export function generateRtl(scheduled: ScheduledGraph, registry: LayerRegistry): Map<string, string> {
  const described = layerStages(scheduled).map((stage) => [stage, stageRtl(scheduled, registry, stage)] as const);
  const loadable = described.flatMap(([{ name }, rtl]) => (rtl.loadable ? [name] : []));
  const files = new Map([
    [`rtl/${scheduled.graph.name}.sv`, coreFile(scheduled, loadable)],
    ...described.map(([stage, rtl]) => [`rtl/stages/${stage.name}.sv`, stageFile(scheduled, stage, rtl)] as const),
  ]);
  const modules = [...moduleFiles(files.values())].map(([name, text]) => [`rtl/modules/${name}.sv`, text] as const);
  return new Map([...files, ...modules]);
}

function stageFile(scheduled: ScheduledGraph, stage: LayerStage, { body, loadable }: RtlStage): string {
  const port = (fifo: Fifo) => ({ bits: bitWidth(fifo.stream.type) * fifo.lanes });
  return render("rtl/stage.sv.hbs", {
    name: stage.name,
    summary: stage.nodes.map(({ name, kind }) => `${name} (${kind})`).join(", "),
    inputs: stage.inputs.map((name, i) => ({ port: `in${i}`, ...port(fifoNamed(scheduled, name)) })),
    output: port(fifoNamed(scheduled, stage.outputs[0] as string)),
    ...{ body, loadable: loadable !== undefined },
  });
}
