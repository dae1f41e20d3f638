/**
 * A pipeline of registers under one enable. Every signal has a time: the number of registers between the stage's input and it.
 * Whoever brings signals of different times together asks for all of them at the latest one, and they are delayed as it takes. Who writes
 * logic says how many LUTs it takes, and which bits it reads; so the pipeline knows what it is made of.
 */
import type { Parts } from "../cost.ts";
import { allParts } from "../cost.ts";
import type { Copied } from "./bit-reads.ts";
import { BitReads } from "./bit-reads.ts";
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

export class Pipeline {
  /** Of channels; the number of theirs at time 0 is the wire `row`. */
  readonly rows: number;
  private readonly enable: string;
  private readonly prefix: string;
  private readonly declared: (string | (() => readonly string[]))[] = [];
  private readonly registers: string[] = [];
  private readonly delayed = new Set<string>();
  private readonly bits = new BitReads();
  private luts = 0;
  private names = 0;
  private readRow = false;

  /** All its names begin with `prefix`; with another enable than `flow`, the row's with that. */
  constructor(rows: number, enable = "flow", prefix = "v") {
    this.rows = rows;
    this.enable = enable;
    this.prefix = prefix;
  }

  get usesRow(): boolean {
    return this.readRow;
  }

  get parts(): Parts {
    return allParts([{ lut: this.luts }, this.bits.parts]);
  }

  spend(luts: number): void {
    this.luts += luts;
  }

  name(): string {
    return `${this.prefix}${++this.names}`;
  }

  lines(...lines: readonly string[]): void {
    this.declared.push(...lines);
  }

  /** Lines that take long to write: they are written when the text is wanted. */
  later(lines: () => readonly string[]): void {
    this.declared.push(lines);
  }

  /** A new wire that is `expression`; it may be bits of another signal, and nothing else. */
  wire(shape: Omit<Signal, "name">, expression: string, copied?: Copied): Signal {
    const signal = { ...shape, name: this.name() };
    this.declared.push(`wire ${bitsOf(shape)}${signal.name} = ${expression};`);
    if (copied) this.bits.add(signal, 0, copied);
    return signal;
  }

  /** A new register that takes `expression`, whose parts are of the time `shape.time`; its `count` lowest bits may be copied. */
  register(shape: Omit<Signal, "name">, expression: string, copied?: Copied, count = 0): Signal {
    const signal = { ...shape, name: this.name(), time: shape.time + 1 };
    this.declare(signal.name, shape, expression);
    this.bits.add(signal, 1, copied && { ...copied, later: (copied.later ?? 0) + 1 }, count);
    return signal;
  }

  /** The signal's name at a time that is not before its own, where `bits` of its bits are read, `from` the lowest one. */
  at(signal: Signal, time: number, from = 0, bits = signal.width): string {
    if (!signal.literal) this.bits.read(signal, time - signal.time, from, bits);
    return this.late(signal, time);
  }

  /** The same where the bits are copied, not read. */
  late(signal: Signal, time: number): string {
    if (signal.literal || time === signal.time) return signal.name;
    if (time < signal.time) throw new Error(`internal error: ${signal.name} is not there at ${time}`);
    const name = `${signal.name}_${time}`;
    if (!this.delayed.has(name)) {
      this.delayed.add(name);
      this.declare(name, signal, this.late(signal, time - 1));
    }
    return name;
  }

  row(time: number): string {
    this.readRow = true;
    return this.at(
      {
        name: this.enable === "flow" ? "row" : `${this.enable}_row`,
        width: indexBits(this.rows),
        signed: false,
        time: 0,
        low: 0n,
        high: 0n,
      },
      time,
    );
  }

  /** Everything, for the body of a module. */
  text(): string[] {
    const declared = this.declared.flatMap((lines) => (typeof lines === "string" ? lines : lines()));
    if (this.registers.length === 0) return declared;
    const registers = this.registers.map((line) => `  ${line}`);
    return [...declared, "always_ff @(posedge clk)", `if (${this.enable}) begin`, ...registers, "end"];
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
