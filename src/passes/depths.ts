/**
 * Sizes the FIFOs, so that the network can never stop and no path waits for its sibling.
 *
 * Some frames run through the stages at the pace of the slowest one: a beat comes in as soon as it is due, FIFOs have any room, and
 * each stage reads and writes in the cycles in which its hardware does (ir/pace.ts). The most that a FIFO ever held is its depth. With
 * these depths that run is possible, cycle by cycle: so the network keeps the pace, and it cannot stop at all, since stages only
 * wait for beats and for room, never choose: if one run comes to its end then every run does.
 *
 *     conv 3x3 on 32x32 pixels beside a shortcut   ->   the shortcut holds a row, a pixel and what the pipelines hold
 *     everywhere else                              ->   1 or 2 beats, or what comes while a stage is between two frames
 */
import type { LayerRegistry } from "../ir/layer.ts";
import type { Fifo, ScheduledGraph } from "../ir/schedule.ts";
import { PORT_DEPTH } from "./connect.ts";
import { movesOf } from "./moves.ts";
import { beatsPerFrame, processOf } from "./process.ts";

export function sizeFifos(scheduled: ScheduledGraph, registry: LayerRegistry): ScheduledGraph {
  const { fifos, inputFifo, outputFifo } = scheduled;
  const fills = fullest(scheduled, registry);
  const sized = ([name, fifo]: [string, Fifo]): [string, Fifo] => {
    // Whoever writes the input waits as long as it takes.
    const atPort = name === inputFifo || name === outputFifo;
    return [name, { ...fifo, depth: atPort ? PORT_DEPTH : Math.max(1, fills.get(name) ?? 0) }];
  };
  return { ...scheduled, fifos: new Map([...fifos].map(sized)) };
}

/** Beats in each FIFO at its fullest. */
export function fullest(scheduled: ScheduledGraph, registry: LayerRegistry): Map<string, number> {
  const { fills, longest } = run(scheduled, registry, FRAMES);
  // A beat waits while so many more frames come in.
  const frames = FRAMES - 1 + Math.ceil(longest / scheduled.cyclesPerFrame);
  return frames > FRAMES ? run(scheduled, registry, frames).fills : fills;
}

/** The first one finds everything empty; each but the last is followed by another. */
const FRAMES = 3;

function run(scheduled: ScheduledGraph, registry: LayerRegistry, frames: number) {
  const { fifos, inputFifo, stages, cyclesPerFrame } = scheduled;
  const fills = new Map<string, number>();
  const puts = new Map([[inputFifo, steadily(beatsPerFrame(fifos.get(inputFifo) as Fifo), cyclesPerFrame, frames)]]);
  let longest = 0;
  for (const stage of stages) {
    const process = processOf(stage, scheduled, registry);
    const arrivals = process.inputs.map((name) => puts.get(name) as Float64Array);
    const { reads, writes } = movesOf(process, arrivals, frames);
    for (const [i, name] of process.inputs.entries()) {
      const stay = stayOf(arrivals[i] as Float64Array, reads[i] as Float64Array);
      fills.set(name, stay.most);
      longest = Math.max(longest, stay.longest);
      puts.delete(name);
    }
    for (const name of process.outputs) puts.set(name, writes);
  }
  return { fills, longest };
}

/** The cycles in which the beats of frames come in at an even pace. */
function steadily(beats: number, cycles: number, frames: number): Float64Array {
  return Float64Array.from({ length: beats * frames }, (_, i) => Math.floor((i * cycles) / beats));
}

/** The most beats that were there at the same time, and the most cycles that one stayed. A beat makes room in the cycle after it leaves. */
function stayOf(puts: Float64Array, reads: Float64Array) {
  let [left, most, longest] = [0, 0, 0];
  for (let i = 0; i < puts.length; i++) {
    const put = puts[i] as number;
    while ((reads[left] as number) < put) left++;
    most = Math.max(most, i + 1 - left);
    longest = Math.max(longest, (reads[i] as number) - put);
  }
  return { most, longest };
}
