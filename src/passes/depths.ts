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
  const entry = indices.get(scheduled.inputFifo) as number;
  for (let beat = beatsPerFrame(input); beat > 0; beat--) {
    run.write(entry);
    run.advance(entry);
  }
  return new Map(names.map((name, i) => [name, run.most[i] as number]));
}

/** A process on its way through the frame. */
class Runner {
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
  /** Beats of each input that are missing for the next output beat. */
  readonly missing: Int32Array;
  private readonly process: Process;
  private readonly read: Int32Array;
  private written = 0;

  constructor(process: Process, indices: ReadonlyMap<string, number>) {
    const numbers = (names: readonly string[]) => Int32Array.from(names, (name) => indices.get(name) as number);
    this.process = process;
    this.inputs = numbers(process.inputs);
    this.outputs = numbers(process.outputs);
    this.read = new Int32Array(process.inputs.length);
    this.missing = new Int32Array(process.inputs.length);
    this.prepare();
  }

  /** The next output beat has been written. */
  next(): void {
    for (let i = 0; i < this.read.length; i++) this.read[i] = (this.read[i] as number) + (this.missing[i] as number);
    this.written++;
    this.prepare();
  }

  /** Beats of a single input are read as they come. */
  readEarly(count: number): void {
    this.read[0] = (this.read[0] as number) + count;
    this.missing[0] = (this.missing[0] as number) - count;
  }

  /** After the last output the rest of the frame is still read. */
  private prepare(): void {
    const { required, beats } = this.process;
    for (let i = 0; i < this.read.length; i++)
      this.missing[i] = this.written < beats ? required(i, this.written) - (this.read[i] as number) : REST;
  }
}

/** More than any frame has. */
const REST = 2 ** 31 - 1;

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

  /** Lets the FIFO's reader, and all that follow, do what they can. The port takes whatever has come out. */
  advance(fifo: number): void {
    const reader = this.readers[fifo];
    if (reader) this.run(reader);
    else this.fill[fifo] = 0;
  }

  private run(reader: Runner): void {
    const { outputs } = reader;
    while (this.ready(reader)) {
      this.consume(reader);
      for (let i = 0; i < outputs.length; i++) this.write(outputs[i] as number);
      reader.next();
      for (let i = 0; i < outputs.length; i++) this.advance(outputs[i] as number);
    }
  }

  /** Beats of several inputs are read only when all of them are there. */
  private ready(reader: Runner): boolean {
    const { inputs, missing } = reader;
    for (let i = 0; i < inputs.length; i++) {
      const held = this.fill[inputs[i] as number] as number;
      if (held >= (missing[i] as number)) continue;
      if (inputs.length === 1) {
        this.fill[inputs[0] as number] = 0;
        reader.readEarly(held);
      }
      return false;
    }
    return true;
  }

  private consume({ inputs, missing }: Runner): void {
    for (let i = 0; i < inputs.length; i++) {
      const fifo = inputs[i] as number;
      this.fill[fifo] = (this.fill[fifo] as number) - (missing[i] as number);
    }
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
