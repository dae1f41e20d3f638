/**
 * Sizes the FIFOs, so that the network can never stop and no path waits for its sibling.
 *
 * One frame runs through the stages with FIFOs of any size, beat by beat: each beat goes as far down as it can before the next
 * one enters. The fullest that a FIFO ever was is its depth, exactly what the shorter of two paths must hold while the longer
 * one works. This proves that there is no deadlock: that run is one possible run with these depths, and stages only wait for
 * beats and for room, never choose, so if one run comes to its end then every run does. All frames are alike, since a stage
 * finishes one before it begins the next.
 *
 *     conv 3x3 on 32x32 pixels beside a shortcut   ->   the shortcut holds a row and a pixel and a half-full pipeline
 *     everywhere else                              ->   2 beats
 *
 * Pipelines take time too: where streams meet, the one that is early also holds the beats of the cycles it is early by.
 */
import type { LayerRegistry } from "../ir/layer.ts";
import type { Fifo, ScheduledGraph } from "../ir/schedule.ts";
import { DEFAULT_DEPTH } from "./connect.ts";
import type { Process } from "./process.ts";
import { beatsPerFrame, processOf } from "./process.ts";

export function sizeFifos(scheduled: ScheduledGraph, registry: LayerRegistry): ScheduledGraph {
  const processes = scheduled.stages.map((stage) => processOf(stage, scheduled, registry));
  const fills = fullest(scheduled, processes);
  const early = beatsEarly(scheduled, processes);
  const sized = ([name, fifo]: [string, Fifo]): [string, Fifo] => {
    const depth = Math.max(DEFAULT_DEPTH, (fills.get(name) ?? 0) + (early.get(name) ?? 0));
    return [name, { ...fifo, depth: Math.min(depth, Math.max(DEFAULT_DEPTH, beatsPerFrame(fifo))) }];
  };
  return { ...scheduled, fifos: new Map([...scheduled.fifos].map(sized)) };
}

/** Beats in each FIFO at its fullest. */
export function fullest(scheduled: ScheduledGraph, processes: readonly Process[]): Map<string, number> {
  const names = [...scheduled.fifos.keys()];
  const indices = new Map(names.map((name, i) => [name, i]));
  const run = new Run(
    names.length,
    processes.map((process) => new Runner(process, indices)),
  );
  const input = scheduled.fifos.get(scheduled.inputFifo) as Fifo;
  const [entry, exit] = [indices.get(scheduled.inputFifo) as number, indices.get(scheduled.outputFifo) as number];
  for (let beat = beatsPerFrame(input); beat > 0; beat--) {
    run.write(entry);
    run.advance(entry);
    run.take(exit);
  }
  return new Map(names.map((name, i) => [name, run.most[i] as number]));
}

/** A process on its way through the frame. */
class Runner {
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
  readonly read: Int32Array;
  readonly process: Process;
  written = 0;

  constructor(process: Process, indices: ReadonlyMap<string, number>) {
    const numbers = (names: readonly string[]) => Int32Array.from(names, (name) => indices.get(name) as number);
    this.process = process;
    this.inputs = numbers(process.inputs);
    this.outputs = numbers(process.outputs);
    this.read = new Int32Array(process.inputs.length);
  }
}

class Run {
  readonly most: Int32Array;
  private readonly fill: Int32Array;
  private readonly readers: (Runner | undefined)[];

  constructor(fifos: number, runners: readonly Runner[]) {
    this.most = new Int32Array(fifos);
    this.fill = new Int32Array(fifos);
    this.readers = new Array<Runner | undefined>(fifos).fill(undefined);
    for (const runner of runners) for (const input of runner.inputs) this.readers[input] = runner;
  }

  write(fifo: number): void {
    const fill = (this.fill[fifo] as number) + 1;
    this.fill[fifo] = fill;
    if (fill > (this.most[fifo] as number)) this.most[fifo] = fill;
  }

  /** The port takes whatever has come out. */
  take(fifo: number): void {
    this.fill[fifo] = 0;
  }

  /** Lets the FIFO's reader, and all that follow, do what they can. */
  advance(fifo: number): void {
    const reader = this.readers[fifo];
    if (reader) this.run(reader);
    else this.take(fifo);
  }

  private run(reader: Runner): void {
    while (this.step(reader)) {
      for (const output of reader.outputs) this.write(output);
      reader.written++;
      for (const output of reader.outputs) this.advance(output);
    }
  }

  /** Reads what the next output needs: from a single input as it comes, from several only when all of it is there. */
  private step({ process, inputs, read, written }: Runner): boolean {
    const last = written >= process.beats;
    if (last && inputs.length > 1) return false;
    for (let i = 0; i < inputs.length; i++) {
      const missing = process.required(i, written) - (read[i] as number);
      if ((this.fill[inputs[i] as number] as number) >= missing && !last) continue;
      if (inputs.length === 1) this.consume(inputs, read, 0, this.fill[inputs[0] as number] as number);
      return false;
    }
    for (let i = 0; i < inputs.length; i++)
      this.consume(inputs, read, i, process.required(i, written) - (read[i] as number));
    return true;
  }

  private consume(inputs: Int32Array, read: Int32Array, i: number, count: number): void {
    const fifo = inputs[i] as number;
    this.fill[fifo] = (this.fill[fifo] as number) - count;
    read[i] = (read[i] as number) + count;
  }
}

/** Beats that come in early while another input of the same stage is still in a longer pipeline. */
function beatsEarly(scheduled: ScheduledGraph, processes: readonly Process[]): Map<string, number> {
  const lag = new Map<string, number>([[scheduled.inputFifo, 0]]);
  const early = new Map<string, number>();
  for (const { inputs, outputs, latency } of processes) {
    const latest = Math.max(...inputs.map((input) => lag.get(input) ?? 0));
    for (const output of outputs) lag.set(output, latest + latency);
    for (const input of inputs) {
      const perCycle = beatsPerFrame(scheduled.fifos.get(input) as Fifo) / scheduled.cyclesPerFrame;
      early.set(input, Math.ceil((latest - (lag.get(input) ?? 0)) * perCycle));
    }
  }
  return early;
}
