/** The top: FIFOs, and the stages between them. */
import { bitWidth } from "../../ir/data-type.ts";
import type { Fifo, ScheduledGraph, Stage } from "../../ir/schedule.ts";
import { fifoInBlockRam } from "../../ir/wiring.ts";
import { render } from "../template.ts";

export function fifoNamed({ fifos }: ScheduledGraph, name: string): Fifo {
  const fifo = fifos.get(name);
  if (!fifo) throw new Error(`internal error: no FIFO ${name}`);
  return fifo;
}

export const fifoBits = ({ stream, lanes }: Fifo): number => bitWidth(stream.type) * lanes;

/** Instances in the top; a stage's module has the same name. */
export const stageInstance = (stage: string): string => `stage_${stage}`;
export const fifoInstance = (fifo: string): string => `fifo_${fifo}`;

export function coreFile(scheduled: ScheduledGraph): string {
  const { graph, stages, fifos, inputFifo, outputFifo } = scheduled;
  const described = (fifo: Fifo) => {
    const bits = fifoBits(fifo);
    return { ...fifo, instance: fifoInstance(fifo.name), bits, block: fifoInBlockRam(bits, fifo.depth) ? 1 : 0 };
  };
  return render("rtl/core.sv.hbs", {
    name: graph.name,
    summary: `${graph.nodes.length} nodes in ${stages.length} stages, ${scheduled.cyclesPerFrame} cycles per frame`,
    fifos: [...fifos.values()].map(described),
    input: described(fifoNamed(scheduled, inputFifo)),
    output: described(fifoNamed(scheduled, outputFifo)),
    stages: stages.map((stage) => ({ instance: stageInstance(stage.name), ...partOf(scheduled, stage) })),
  });
}

function partOf(scheduled: ScheduledGraph, stage: Stage): { module: string; connections: string } {
  if (stage.kind === "layer") return { module: stageInstance(stage.name), connections: layerPorts(stage) };
  const input = fifoNamed(scheduled, stage.inputs[0] as string);
  if (stage.kind === "convert") {
    const output = fifoNamed(scheduled, stage.outputs[0] as string);
    const numbers = `.BITS(${bitWidth(input.stream.type)}), .IN(${input.lanes}), .OUT(${output.lanes})`;
    return { module: `bitloom_convert #(${numbers})`, connections: layerPorts(stage, "in", "out") };
  }
  const numbers = `.WIDTH(${fifoBits(input)}), .OUTPUTS(${stage.outputs.length})`;
  return { module: `bitloom_fork #(${numbers})`, connections: forkPorts(stage) };
}

type Ports = Pick<Stage, "inputs" | "outputs">;

const layerPorts = ({ inputs, outputs }: Ports, input?: string, output = "out"): string =>
  [
    ...inputs.flatMap((name, i) => ends(input ?? `in${i}`, `${name}_out`)),
    ...outputs.flatMap((name) => ends(output, `${name}_in`)),
  ].join(", ");

/** Output 0 is in the lowest bits. */
function forkPorts({ inputs, outputs }: Ports): string {
  const joined = (end: string) => `{${[...outputs].reverse().map((name) => `${name}_in_${end}`)}}`;
  return [
    ...ends("in", `${inputs[0]}_out`),
    ...["data", "valid", "ready"].map((end) => `.out_${end}(${joined(end)})`),
  ].join(", ");
}

const ends = (port: string, wires: string): string[] =>
  ["data", "valid", "ready"].map((end) => `.${port}_${end}(${wires}_${end})`);
