/**
 * A pipeline of registers under one enable, `flow`. Every signal has a time: the number of registers between the stage's input and it.
 * Whoever brings signals of different times together asks for all of them at the latest one, and they are delayed as it takes. Who writes
 * logic says how many LUTs it takes; so the pipeline knows what it is made of.
 */
import type { Parts } from "../cost.ts";
import { indexBits, instance } from "./verilog.ts";

export interface Signal {
  readonly name: string;
  readonly width: number;
  readonly signed: boolean;
  readonly time: number;
  /** Its values are between these, or not looked at. */
  readonly low: bigint;
  readonly high: bigint;
  /** The same at all times. */
  readonly literal?: boolean;
  /** The bits that tell its value, if they are not all: the others are 0, or equal to one of these. */
  readonly places?: readonly Place[];
}

/** A bit of a signal, and what it adds to the value where it is set. */
export interface Place {
  readonly bit: number;
  readonly value: bigint;
}

export const placesOf = ({ width, signed, places }: Signal): readonly Place[] => places ?? placesFrom(0, width, signed);

/** All bits from that one on, in two's complement if signed. */
export const placesFrom = (first: number, width: number, signed: boolean): Place[] =>
  Array.from({ length: width - first }, (_, i) => {
    const bit = first + i;
    return { bit, value: signed && bit === width - 1 ? -(1n << BigInt(bit)) : 1n << BigInt(bit) };
  });

/** Shorter delays are registers; a LUT delays a bit by up to so many cycles (SRL). */
const LEAST_SRL = 3;
const MOST_SRL = 32;

export class Pipeline {
  /** Number of the channels' row at time 0: the wire `row`. */
  readonly rows: number;
  private readonly declared: (string | (() => readonly string[]))[] = [];
  private readonly registers: string[] = [];
  private readonly delayed = new Set<string>();
  /** For each signal by its name, and each of its bits, the times at which it is needed. */
  private readonly needed = new Map<string, Set<number>[]>();
  private flipFlops = 0;
  private luts = 0;
  private names = 0;
  private readRow = false;

  constructor(rows: number) {
    this.rows = rows;
  }

  get usesRow(): boolean {
    return this.readRow;
  }

  get parts(): Parts {
    const all = { lut: this.luts, register: this.flipFlops };
    for (const times of [...this.needed.values()].flat()) {
      const ordered = [...times].sort((a, b) => a - b);
      for (const [i, time] of ordered.slice(1).entries()) {
        const delay = time - (ordered[i] as number);
        if (delay < LEAST_SRL) all.register += delay;
        else all.lut += Math.ceil(delay / MOST_SRL);
      }
    }
    return all;
  }

  /** Bits of registers that are read so many cycles later. */
  delay(cycles: number, bits: number): void {
    if (cycles + 1 < LEAST_SRL) this.flipFlops += cycles * bits;
    else {
      this.luts += Math.ceil((cycles + 1) / MOST_SRL) * bits;
      this.flipFlops -= bits;
    }
  }

  spend(luts: number): void {
    this.luts += luts;
  }

  name(): string {
    return `v${++this.names}`;
  }

  lines(...lines: readonly string[]): void {
    this.declared.push(...lines);
  }

  /** Lines that take long to write: they are written when the text is wanted. */
  later(lines: () => readonly string[]): void {
    this.declared.push(lines);
  }

  /** A new wire that is `expression`. */
  wire(shape: Omit<Signal, "name">, expression: string): Signal {
    const name = this.name();
    this.declared.push(`wire ${bitsOf(shape)}${name} = ${expression};`);
    return { ...shape, name };
  }

  /** A new register that takes `expression`, whose parts are of the time `shape.time`. Nobody reads its `unread` lowest bits. */
  register(shape: Omit<Signal, "name">, expression: string, unread = 0): Signal {
    const name = this.name();
    this.flipFlops += Math.max(0, (shape.places?.length ?? shape.width) - unread);
    this.declare(name, shape, expression);
    return { ...shape, name, time: shape.time + 1 };
  }

  /** The signal's name at a time that is not before its own, where `bits` of its bits are read, `from` the lowest one. */
  at(signal: Signal, time: number, from = 0, bits = signal.width): string {
    if (signal.literal || time === signal.time) return signal.name;
    if (time < signal.time) throw new Error(`internal error: ${signal.name} is not there at ${time}`);
    const needed = this.needed.get(signal.name) ?? Array.from({ length: signal.width }, () => new Set([signal.time]));
    this.needed.set(signal.name, needed);
    for (const times of needed.slice(from, from + bits)) times.add(time);
    return this.late(signal, time);
  }

  row(time: number): string {
    this.readRow = true;
    return this.at({ name: "row", width: indexBits(this.rows), signed: false, time: 0, low: 0n, high: 0n }, time);
  }

  /** Everything, for the body of a module. */
  text(): string[] {
    const declared = this.declared.flatMap((lines) => (typeof lines === "string" ? lines : lines()));
    if (this.registers.length === 0) return declared;
    const registers = this.registers.map((line) => `  ${line}`);
    return [...declared, "always_ff @(posedge clk)", "if (flow) begin", ...registers, "end"];
  }

  private late(signal: Signal, time: number): string {
    if (time === signal.time) return signal.name;
    const name = `${signal.name}_${time}`;
    if (!this.delayed.has(name)) {
      this.delayed.add(name);
      this.declare(name, signal, this.late(signal, time - 1));
    }
    return name;
  }

  private declare(name: string, shape: Omit<Signal, "name">, expression: string): void {
    this.declared.push(`logic ${bitsOf(shape)}${name};`);
    this.registers.push(`${name} <= ${expression};`);
  }
}

/** The control of a pipeline between two streams. */
export const pipelineControl = (depth: number, from: string): string[] => [
  "wire flow;",
  ...instance(
    "pipeline",
    "pipeline",
    { depth },
    {
      ...{ clk: "clk", rst: "rst", in_valid: `${from}_valid`, in_ready: `${from}_ready` },
      ...{ flow: "flow", out_valid: "out_valid", out_ready: "out_ready" },
    },
  ),
];

const bitsOf = ({ width, signed }: { width: number; signed: boolean }): string =>
  `${signed ? "signed " : ""}[${width - 1}:0] `;
