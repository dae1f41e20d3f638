/** The top: FIFOs, and the stages between them. */
import { bitWidth } from "../../ir/data-type.ts";
import type { Fifo, ScheduledGraph, Stage } from "../../ir/schedule.ts";
import { elements } from "../../ir/tensor.ts";
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

/** `loadable`: stages whose weights can be loaded, in their order. */
export function coreFile(scheduled: ScheduledGraph, loadable: readonly string[]): string {
  const { graph, stages, fifos, inputFifo, outputFifo } = scheduled;
  const described = (fifo: Fifo) => {
    const bits = fifoBits(fifo);
    return { ...fifo, instance: fifoInstance(fifo.name), bits, block: fifoInBlockRam(bits, fifo.depth) ? 1 : 0 };
  };
  const [input, output] = [fifoNamed(scheduled, inputFifo), fifoNamed(scheduled, outputFifo)];
  return render("rtl/core.sv.hbs", {
    name: graph.name,
    summary: `${graph.nodes.length} nodes in ${stages.length} stages, ${scheduled.cyclesPerFrame} cycles per frame`,
    fifos: [...fifos.values()].map(described),
    input: described(input),
    output: described(output),
    loadable: loadable.length > 0 && {
      links: Array.from({ length: loadable.length + 1 }, (_, i) => linkName(i)),
      first: linkName(0),
      end: linkName(loadable.length),
      inputBeats: beatsOf(input),
      outputBeats: beatsOf(output),
    },
    stages: stages.map((stage) => {
      const { module, connections } = partOf(scheduled, stage);
      const place = stage.kind === "layer" ? loadable.indexOf(stage.name) : -1;
      const weights = place < 0 ? "" : `, ${linkPorts("in", place)}, ${linkPorts("out", place + 1)}`;
      return { instance: stageInstance(stage.name), module, connections: connections + weights };
    }),
  });
}

/** Of the chain along which weights come. */
const linkName = (place: number): string => `weights_${place}`;
const linkPorts = (end: string, place: number): string =>
  ["data", "valid", "last"].map((part) => `.weights_${end}_${part}(${linkName(place)}_${part})`).join(", ");

/** Of a frame. */
export const beatsOf = ({ stream, lanes }: Fifo): number => elements(stream.shape) / lanes;

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
