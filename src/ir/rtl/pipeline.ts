/**
 * A pipeline of registers under one enable, `flow`. Every signal has a time: the number of registers between the stage's input and it.
 * Whoever brings signals of different times together asks for all of them at the latest one, and they are delayed as it takes.
 */
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
}

export class Pipeline {
  /** Number of the channels' row at time 0: the wire `row`. */
  readonly rows: number;
  private readonly declared: string[] = [];
  private readonly registers: string[] = [];
  private readonly delayed = new Map<string, string>();
  private names = 0;
  private readRow = false;

  constructor(rows: number) {
    this.rows = rows;
  }

  get usesRow(): boolean {
    return this.readRow;
  }

  name(): string {
    return `v${++this.names}`;
  }

  lines(...lines: readonly string[]): void {
    this.declared.push(...lines);
  }

  /** A new wire that is `expression`. */
  wire(shape: Omit<Signal, "name">, expression: string): Signal {
    const name = this.name();
    this.declared.push(`wire ${bitsOf(shape)}${name} = ${expression};`);
    return { ...shape, name };
  }

  /** A new register that takes `expression`, whose parts are of the time `shape.time`. */
  register(shape: Omit<Signal, "name">, expression: string): Signal {
    const name = this.name();
    this.declare(name, shape, expression);
    return { ...shape, name, time: shape.time + 1 };
  }

  /** The signal's name at a time that is not before its own. */
  at(signal: Signal, time: number): string {
    if (signal.literal || time === signal.time) return signal.name;
    if (time < signal.time) throw new Error(`internal error: ${signal.name} is not there at ${time}`);
    const name = `${signal.name}_${time}`;
    if (!this.delayed.has(name)) {
      this.delayed.set(name, name);
      this.declare(name, signal, this.at(signal, time - 1));
    }
    return name;
  }

  row(time: number): string {
    this.readRow = true;
    return this.at({ name: "row", width: indexBits(this.rows), signed: false, time: 0, low: 0n, high: 0n }, time);
  }

  /** Everything, for the body of a module. */
  text(): string[] {
    if (this.registers.length === 0) return this.declared;
    const registers = this.registers.map((line) => `  ${line}`);
    return [...this.declared, "always_ff @(posedge clk)", "if (flow) begin", ...registers, "end"];
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
