/** What a layer says of its stage in HLS C++: which kernels are called with which numbers, types and constants. */
import type { Stream } from "../graph.ts";
import type { Folding } from "../layer.ts";
import type { HlsTable } from "./table.ts";

export interface HlsOptions {
  readonly folding: Folding;
  /** Elements per beat of the output. */
  readonly outputLanes: number;
  readonly output: Stream;
  /** Whether `*` of two values that are not both constants may be written. */
  readonly allowDsp: boolean;
}

/** A function of the stage. Several of them run at the same time, joined by streams in their order. */
export interface HlsProcess {
  readonly name: string;
  /** C++ that reads `in0`, `in1`, ..., writes `out` and knows `frames`. */
  readonly body: string;
  /** Names of the tables that it reads. */
  readonly tables: readonly string[];
  /** Bits of a beat to the next process; left out for the last one. */
  readonly linkBits?: number;
}

export interface HlsStage {
  /** Kernel headers that it includes. */
  readonly headers: readonly string[];
  /** Members of `struct shape`, which the kernels take as a template argument. */
  readonly shape: Readonly<Record<string, number | bigint | boolean>>;
  readonly tables: readonly HlsTable[];
  /** C++ members of `struct unit`, if the kernels take one, and what it is derived from. */
  readonly unit?: readonly string[];
  readonly unitBase?: string;
  readonly processes: readonly HlsProcess[];
}
