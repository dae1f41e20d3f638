/** Elementwise nodes as one pipeline: the formulas of all its nodes for each lane. */
import type { Arithmetic } from "../arithmetic.ts";
import type { Parts } from "../cost.ts";
import { times } from "../cost.ts";
import type { DataType } from "../data-type.ts";
import { bitWidth } from "../data-type.ts";
import type { Operands } from "../layer.ts";
import { operands } from "../layer.ts";
import type { Signal } from "./pipeline.ts";
import { Pipeline } from "./pipeline.ts";
import type { SvValue } from "./sv-arithmetic.ts";
import { SvArithmetic } from "./sv-arithmetic.ts";

export interface ElementwiseChain {
  readonly channels: number;
  /** The streams that come from outside. */
  readonly inputs: readonly { readonly name: string; readonly type: DataType }[];
  readonly steps: readonly ElementwiseStep[];
}

export interface ElementwiseStep {
  readonly name: string;
  /** Names of inputs and of steps before. */
  readonly inputs: readonly string[];
  readonly compute: <V>(arithmetic: Arithmetic<V>, inputs: Operands<V>) => V;
  readonly type: DataType;
}

/** Registers between the inputs, at time 0, and `out_data`. */
export interface Lanes {
  readonly depth: number;
  /** Their SystemVerilog; it takes longer to write than the rest. */
  lines(): readonly string[];
  readonly usesRow: boolean;
  readonly parts: Parts;
}

/** Channels are much alike: the lanes of a few stand for all. */
const SAMPLED_CHANNELS = 16;

/** What `pe` lanes with so many rows of channels are made of, where `lanes` gives some of them. */
export function lanesParts(pe: number, rows: number, lanes: (some: readonly number[]) => Lanes): Parts {
  const sampled = Math.min(pe, Math.ceil(SAMPLED_CHANNELS / rows));
  const some = Array.from({ length: sampled }, (_, i) => Math.floor((i * pe) / sampled));
  return times(pe / sampled, lanes(some).parts);
}

/** `lanes`: which of the `pe` lanes; else all. */
export function elementwiseLanes(chain: ElementwiseChain, pe: number, lanes: readonly number[] = lanesOf(pe)): Lanes {
  const rows = chain.channels / pe;
  const pipeline = new Pipeline(rows);
  const results = lanes.map((lane) => laneOf(chain, pipeline, lane, pe));
  const depth = leave(pipeline, results);
  return { depth, lines: () => pipeline.text(), usesRow: pipeline.usesRow, parts: pipeline.parts };
}

/** The signals of all lanes leave at the same time, out of registers; gives that time. */
export function leave(pipeline: Pipeline, results: readonly Signal[]): number {
  const depth = Math.max(1, ...results.map(({ time, literal }) => (literal ? 0 : time)));
  const names = results.map((signal) => pipeline.at(signal, depth)).reverse();
  pipeline.lines(`assign out_data = {${names.join(", ")}};`);
  return depth;
}

function laneOf({ channels, inputs, steps }: ElementwiseChain, pipeline: Pipeline, lane: number, pe: number): Signal {
  pipeline.lines(`// lane ${lane}`);
  const own = Array.from({ length: channels / pe }, (_, row) => row * pe + lane);
  const arithmetic = new SvArithmetic(pipeline, own);
  const values = new Map<string, SvValue>();
  for (const [i, { name, type }] of inputs.entries()) {
    const width = bitWidth(type);
    values.set(name, arithmetic.input(`in${i}_data[${lane * width}+:${width}]`, type));
  }
  for (const { name, inputs: sources, compute } of steps) {
    const given = sources.map((source) => values.get(source) as SvValue);
    values.set(name, compute(arithmetic, operands(given)));
  }
  const last = steps.at(-1) as ElementwiseStep;
  return arithmetic.bits(values.get(last.name) as SvValue, last.type);
}

export const lanesOf = (count: number): number[] => Array.from({ length: count }, (_, lane) => lane);
