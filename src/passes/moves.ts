/** When a stage reads and writes each beat if its outputs always have room. Cycles count from 0; frame follows frame. */
import type { WindowOrder } from "../ir/pace.ts";
import { DUE, positions, READS } from "../ir/window-passes.ts";
import { WindowWalk } from "../ir/window-walk.ts";
import type { Process } from "./process.ts";

export interface Moves {
  /** For each input the cycle in which each of its beats is taken. */
  readonly reads: readonly Float64Array[];
  /** The cycle in which each beat goes into the outputs' FIFOs. */
  readonly writes: Float64Array;
}

/** `arrivals`: the cycle in which each beat of each input went into its FIFO. A beat can be taken a cycle later. */
export function movesOf(process: Process, arrivals: readonly Float64Array[], frames: number): Moves {
  const { window } = process.pace;
  const inputs = arrivals.map((puts) => new Reader(puts));
  const writes = new Float64Array(process.beats * frames);
  const walk = new Walk(process, writes);
  const windows = window && new Windows(window, process.pace.work, walk);
  for (let frame = 1; frame <= frames; frame++) {
    if (windows) windows.frame(inputs[0] as Reader);
    else if (inputs.length === 1) walk.beats(inputs[0] as Reader, frame / frames);
    else walk.joined(inputs, frame / frames);
  }
  return { reads: inputs.map(({ reads }) => reads), writes };
}

class Reader {
  readonly reads: Float64Array;
  readonly puts: Float64Array;
  count = 0;
  /** The cycle of the last read. */
  last = -1;

  constructor(puts: Float64Array) {
    this.puts = puts;
    this.reads = new Float64Array(puts.length);
  }

  /** The first cycle in which the next beats can be there, `more` of them. */
  there(more: number): number {
    return more > 0 ? (this.puts[this.count + more - 1] as number) + 1 : 0;
  }

  take(cycle: number): void {
    this.reads[this.count++] = cycle;
    this.last = cycle;
  }

  /** The last beat is not taken before this cycle. */
  hold(cycle: number): void {
    this.count--;
    this.take(cycle);
  }

  /** Takes the next beat as soon as it can from `cycle` on. */
  takeFrom(cycle: number): void {
    this.take(Math.max(cycle, this.last + 1, this.there(1)));
  }
}

class Walk {
  private readonly process: Process;
  private readonly writes: Float64Array;
  private written = 0;
  /** The last cycle of work at the last beat. */
  private worked = -1;

  constructor(process: Process, writes: Float64Array) {
    this.process = process;
    this.writes = writes;
  }

  /** One input, whose beats are read as they come. */
  beats(input: Reader, share: number): void {
    const { beats, required, pace } = this.process;
    const start = input.count;
    for (let beat = 0; beat < beats; beat++) {
      const needed = start + required(0, beat);
      while (input.count < needed) input.takeFrom(this.worked + 1);
      this.work(Math.max(input.last, this.worked + pace.work));
    }
    if (pace.holds) input.hold(this.worked);
    const end = Math.round(input.puts.length * share);
    while (input.count < end) input.takeFrom(this.worked + 1);
  }

  /** Several inputs, whose beats are taken at the same time. */
  joined(inputs: readonly Reader[], share: number): void {
    const { beats, required, pace } = this.process;
    const starts = inputs.map(({ count }) => count);
    for (let beat = 0; beat < beats; beat++) {
      let cycle = this.worked + pace.work;
      for (let i = 0; i < inputs.length; i++) {
        const input = inputs[i] as Reader;
        cycle = Math.max(cycle, input.there((starts[i] as number) + required(i, beat) - input.count));
      }
      for (let i = 0; i < inputs.length; i++) {
        const input = inputs[i] as Reader;
        while (input.count < (starts[i] as number) + required(i, beat)) input.take(cycle);
      }
      this.work(cycle);
    }
    for (const input of inputs)
      while (input.count < Math.round(input.puts.length * share)) input.takeFrom(this.worked + 1);
  }

  /** The work at the next beat ends in this cycle. */
  work(cycle: number): void {
    this.worked = cycle;
    this.writes[this.written++] = cycle + this.process.pace.latency;
  }
}

/** A window's way over the map, frame by frame. */
class Windows {
  private readonly beats: number;
  private readonly work: number;
  private readonly walk: Walk;
  private readonly window: WindowWalk;
  private readonly passes: ReturnType<typeof positions>;
  /** When each position of the last pass was left. */
  private readonly lastPass: Float64Array;

  constructor(order: WindowOrder, work: number, walk: Walk) {
    this.beats = order.beats;
    this.work = work;
    this.walk = walk;
    this.window = new WindowWalk(order, work);
    this.passes = positions(order);
    this.lastPass = new Float64Array(this.passes.columns).fill(-1);
  }

  frame(input: Reader): void {
    const { marks, columns } = this.passes;
    const { window, beats, work } = this;
    const lastPass = marks.length - columns;
    let from = this.lead(input);
    for (const [place, mark] of marks.entries()) {
      window.move(1, Math.max(from, input.there(mark & READS)));
      from = 0;
      if (mark & READS) input.take(window.moved);
      if (place >= lastPass) this.lastPass[place - lastPass] = window.moved;
      if (!(mark & DUE)) continue;
      const begins = window.due();
      for (let beat = 1; beat <= beats; beat++) this.walk.work(begins + beat * work - 1);
    }
  }

  /** Reads the first row where it goes ahead; returns the first cycle in which the window can move. */
  private lead(input: Reader): number {
    const { lead, overlaps } = this.passes;
    for (let i = 0; i < lead; i++) input.takeFrom((overlaps ? (this.lastPass[i] as number) : this.window.moved) + 1);
    return lead > 0 ? Math.max(input.last, this.window.moved) + 2 : 0;
  }
}
