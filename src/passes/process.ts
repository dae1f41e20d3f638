/** Stages as what they read and write, beat by beat: all that the depths of FIFOs depend on. */

import type { Required } from "../ir/hardware.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Pace } from "../ir/pace.ts";
import type { Fifo, ScheduledGraph, Stage } from "../ir/schedule.ts";
import { elements } from "../ir/tensor.ts";
import { hardwareOf } from "./unit.ts";

export interface Process {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Beats of each output in a frame. */
  readonly beats: number;
  readonly required: Required;
  readonly pace: Pace;
}

export const beatsPerFrame = ({ stream, lanes }: Fifo): number => elements(stream.shape) / lanes;

export function processOf(stage: Stage, scheduled: ScheduledGraph, registry: LayerRegistry): Process {
  const { inputs, outputs } = stage;
  const fifo = (name: string | undefined) => scheduled.fifos.get(name as string) as Fifo;
  const beats = beatsPerFrame(fifo(outputs[0]));
  if (stage.kind !== "layer") {
    const ratio = fifo(outputs[0]).lanes / fifo(inputs[0]).lanes;
    const pace = { work: 1, latency: stage.kind === "fork" ? 0 : 1 };
    return { inputs, outputs, beats, required: (_input, beat) => Math.ceil((beat + 1) * ratio), pace };
  }
  const { nodes, folding } = stage;
  const hardware = hardwareOf(scheduled.graph, registry, nodes);
  return { inputs, outputs, beats, required: hardware.required(folding), pace: hardware.pace(folding) };
}
