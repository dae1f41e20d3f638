/** Makes integers of a float model's tensors. */
import { invariant } from "../diagnostics.ts";
import { fixed, MAX_WIDTH } from "../ir/data-type.ts";
import type { Parameter } from "../ir/parameter.ts";
import { toDoubles } from "../ir/parameter.ts";
import type { ValuesOf } from "../ir/real.ts";
import type { Quantizer } from "../model/parameters.ts";
import type { ExactEntry } from "../model/schema.ts";
import { parameterOf } from "../model/weights.ts";
import type { Choice } from "./binary-point.ts";
import { decibels, Extent, rawsOf, SquaredErrors } from "./binary-point.ts";

export interface Bits {
  /** Of tensors with two axes or more. */
  readonly weight: number;
  /** Of the others: scales, biases, slopes. */
  readonly parameter: number;
  readonly activation: number;
  /** Each output's weights have a binary point of their own. */
  readonly perChannel: boolean;
}

export interface TensorQuantizer {
  readonly quantizer: Quantizer;
  /** By the name of the tensor. */
  readonly choices: ReadonlyMap<string, Choice>;
  readonly valuesOf: ValuesOf;
}

export function makeTensorQuantizer(bits: Bits): TensorQuantizer {
  const choices = new Map<string, Choice>();
  const originals = new Map<Parameter, Float64Array>();
  const quantizer: Quantizer = (name, shape, values) => {
    const isWeight = shape.length > 1;
    const rows = isWeight && bits.perChannel ? (shape[0] as number) : 1;
    const { choice, raws } = quantizeRows(values, rows, isWeight ? bits.weight : bits.parameter);
    choices.set(name, choice);
    const entry = {
      encoding: "fixed" as const,
      shape: [...shape],
      type: choice.type,
      data: undefined,
    } satisfies ExactEntry;
    const parameter = parameterOf(entry, raws, name, (diagnostic) => invariant(false, diagnostic.message));
    invariant(parameter, `the raws of ${name} are of its type`);
    originals.set(parameter, values);
    return parameter;
  };
  return { quantizer, choices, valuesOf: (parameter) => originals.get(parameter) ?? valuesIn(parameter) };
}

function valuesIn(parameter: Parameter): Float64Array {
  const step = parameter.type.kind === "bipolar" ? 1 : 2 ** -parameter.type.fraction;
  return toDoubles(parameter).map((raw) => raw * step);
}

/** Rows with different binary points share a type that holds them all: the raws of most rows then end in zeros. */
function quantizeRows(values: Float64Array, rows: number, bits: number): { choice: Choice; raws: Float64Array } {
  const length = values.length / rows;
  const extent = extentOf(values);
  const signed = extent.low < 0;
  const parts = Array.from({ length: rows }, (_, row) => values.subarray(row * length, (row + 1) * length));
  const best = parts.map((part) => (part.some((value) => value !== 0) ? bestFraction(part, bits, signed) : undefined));
  const coarsest = best.reduce<number>((least, fraction = least) => Math.min(least, fraction), best[0] ?? 0);
  const fractions = best.map((fraction = coarsest) => Math.min(fraction, coarsest + MAX_WIDTH - bits));
  const finest = fractions.reduce((most, fraction) => Math.max(most, fraction));
  const type = fixed(signed, bits + finest - coarsest, finest);
  const raws = new Float64Array(values.length);
  for (const [row, part] of parts.entries()) {
    const fraction = fractions[row] as number;
    const shifted = rawsOf(part, fixed(signed, bits, fraction)).map((raw) => raw * 2 ** (finest - fraction));
    raws.set(shifted, row * length);
  }
  const [power, noise] = [
    sumOf(values, square),
    sumOf(values, (value, i) => square(value - (raws[i] as number) * 2 ** -finest)),
  ];
  return { choice: { type, low: extent.low, high: extent.high, snr: decibels(power, noise) }, raws };
}

function extentOf(values: Float64Array): Extent {
  const extent = new Extent();
  extent.observe(values);
  return extent;
}

function bestFraction(values: Float64Array, bits: number, signed: boolean): number {
  const errors = new SquaredErrors(extentOf(values), bits, signed);
  errors.observe(values);
  return errors.best().type.fraction;
}

const square = (value: number): number => value * value;

const sumOf = (values: Float64Array, term: (value: number, index: number) => number): number =>
  values.reduce((sum, value, i) => sum + term(value, i), 0);
