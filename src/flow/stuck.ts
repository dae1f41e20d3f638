/** Where a core got stuck, from what its FIFOs hold and what has gone through them. */
import type { Fifo, ScheduledGraph, Stage } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";
import type { Measured } from "../opentools/cosimulate.ts";
import { beatsPerFrame, processOf } from "../passes/process.ts";

export function stuckMessage(scheduled: ScheduledGraph, measured: Measured): string {
  const state = new Map(measured.fifos.map((fifo) => [fifo.name, fifo]));
  const depth = (name: string) => scheduled.fifos.get(name)?.depth ?? 0;
  const full = (name: string) => (state.get(name)?.level ?? 0) >= depth(name);
  const beats = (name: string) => state.get(name)?.beats ?? 0;
  // It has been given what its next beat needs, and has room to write it; else the first one that cannot write.
  const idle = scheduled.stages.find((stage) => !stage.outputs.some(full) && canWork(stage, scheduled, beats));
  const blocked = scheduled.stages.find(({ outputs }) => outputs.some(full));
  const stage = idle ?? blocked;
  const levels = measured.fifos
    .filter(({ level }) => level > 0)
    .map(({ name, level }) => `${name} ${level} of ${depth(name)}`);
  const where = stage ? `stage ${stage.name} is stuck` : "every stage waits for its input";
  return `${where} after ${measured.cycles} cycles; FIFOs: ${levels.length > 0 ? levels.join(", ") : "all empty"}`;
}

/** Whether all beats are there that the next beat of the output follows from. `beats`: how many have gone into a FIFO. */
function canWork(stage: Stage, scheduled: ScheduledGraph, beats: (name: string) => number): boolean {
  const process = processOf(stage, scheduled, layers);
  const written = beats(process.outputs[0] as string);
  const frame = Math.floor(written / process.beats);
  return process.inputs.every((name, i) => {
    const before = frame * beatsPerFrame(scheduled.fifos.get(name) as Fifo);
    return beats(name) >= before + process.required(i, written % process.beats);
  });
}
