/**
 * A scheduled graph as processes with bounded FIFOs, without values and without time: whichever process can move may be the next
 * to move. If all of them stand still before the end, the hardware would too.
 */
import type { ScheduledGraph } from "../../src/ir/schedule.ts";
import { layers } from "../../src/layers/index.ts";
import type { Process } from "../../src/passes/process.ts";
import { beatsPerFrame, processOf } from "../../src/passes/process.ts";
import { Random } from "./random-numbers.ts";

interface Channel {
  held: number;
  readonly depth: number;
}

type Channels = ReadonlyMap<string, Channel>;

const FRAMES = 2;

/** Names of the stages that wait for ever; none if all frames come through. */
export function stuckStages(scheduled: ScheduledGraph, seed: number): string[] {
  const random = new Random(seed);
  const channels = new Map([...scheduled.fifos].map(([name, { depth }]) => [name, { held: 0, depth }]));
  const actors = scheduled.stages.map((stage) => {
    const process = processOf(stage, scheduled, layers);
    const totals = process.inputs.map((name) => beatsPerFrame(scheduled.fifos.get(name)!));
    return new Actor(process, totals, random.below(2) === 0);
  });
  const source = new Port(channels.get(scheduled.inputFifo)!, beatsPerFrame(scheduled.fifos.get(scheduled.inputFifo)!));
  const movers: { step(channels: Channels): boolean }[] = [...actors, source, new Sink(scheduled.outputFifo)];
  const awake = new Set(movers.keys());
  const neighbours = neighboursOf(scheduled);
  while (awake.size > 0) {
    const i = pick(awake, random);
    let moved = false;
    // A random number of steps in a row gives very uneven runs, too.
    for (let burst = random.below(40); burst >= 0 && movers[i]!.step(channels); burst--) moved = true;
    if (moved) for (const other of neighbours[i]!) awake.add(other);
    else awake.delete(i);
  }
  return scheduled.stages.filter((_, i) => !actors[i]!.finished).map(({ name }) => name);
}

const pick = (set: ReadonlySet<number>, random: Random): number => [...set][random.below(set.size)]!;

/** Whom a movement may wake: everyone who shares a FIFO. Ports stand last. */
function neighboursOf({ stages, inputFifo, outputFifo }: ScheduledGraph): number[][] {
  const touching = new Map<string, number[]>([
    [inputFifo, [stages.length]],
    [outputFifo, [stages.length + 1]],
  ]);
  const fifos = [...stages.map(({ inputs, outputs }) => [...inputs, ...outputs]), [inputFifo], [outputFifo]];
  for (const [i, names] of fifos.entries())
    for (const name of names) touching.set(name, [...(touching.get(name) ?? []), i]);
  return fifos.map((names, i) => [i, ...names.flatMap((name) => touching.get(name) ?? [])]);
}

class Port {
  private left: number;
  private readonly channel: Channel;

  constructor(channel: Channel, beats: number) {
    this.channel = channel;
    this.left = beats * FRAMES;
  }

  step(): boolean {
    if (this.left === 0 || this.channel.held >= this.channel.depth) return false;
    this.left--;
    this.channel.held++;
    return true;
  }
}

class Sink {
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  step(channels: Channels): boolean {
    const channel = channels.get(this.name)!;
    if (channel.held === 0) return false;
    channel.held--;
    return true;
  }
}

/** Goes through its program: for each output beat read what it requires, then write it; at the end read the rest. */
class Actor {
  private readonly process: Process;
  private readonly totals: readonly number[];
  private readonly read: number[];
  private readonly atomic: boolean;
  private beat = 0;
  private frame = 0;
  /** Outputs that have got the current beat. */
  private wrote = 0;

  /** An atomic process moves only if all inputs are there and all outputs have room, as one state of a pipeline does. */
  constructor(process: Process, totals: readonly number[], atomic: boolean) {
    this.process = process;
    this.totals = totals;
    this.read = process.inputs.map(() => 0);
    this.atomic = atomic;
  }

  get finished(): boolean {
    return this.frame === FRAMES;
  }

  step(channels: Channels): boolean {
    if (this.finished) return false;
    const missing = this.read.map((count, i) => this.needed(i) - count);
    if (this.atomic && missing.length > 1) return this.fireAtOnce(channels, missing);
    const next = missing.findIndex((count) => count > 0);
    if (next >= 0) return this.readOne(channels, next);
    return this.beat === this.process.beats ? this.nextFrame() : this.writeOne(channels);
  }

  private needed(input: number): number {
    return this.beat === this.process.beats ? this.totals[input]! : this.process.required(input, this.beat);
  }

  private readOne(channels: Channels, input: number): boolean {
    const channel = channels.get(this.process.inputs[input]!)!;
    if (channel.held === 0) return false;
    channel.held--;
    this.read[input]!++;
    return true;
  }

  private writeOne(channels: Channels): boolean {
    const outputs = this.process.outputs.map((name) => channels.get(name)!);
    const room = ({ held, depth }: Channel) => held < depth;
    if (this.atomic && !outputs.every(room)) return false;
    for (const output of this.atomic ? outputs : [outputs[this.wrote]!]) {
      if (!room(output)) return false;
      output.held++;
      this.wrote++;
    }
    if (this.wrote === outputs.length) [this.wrote, this.beat] = [0, this.beat + 1];
    return true;
  }

  private fireAtOnce(channels: Channels, missing: readonly number[]): boolean {
    const inputs = this.process.inputs.map((name) => channels.get(name)!);
    if (this.beat === this.process.beats) return this.nextFrame();
    if (inputs.some(({ held }, i) => held < missing[i]!) || !this.writeOne(channels)) return false;
    for (const [i, input] of inputs.entries()) {
      input.held -= missing[i]!;
      this.read[i]! += missing[i]!;
    }
    return true;
  }

  private nextFrame(): boolean {
    this.frame++;
    this.beat = 0;
    this.read.fill(0);
    return true;
  }
}
