/** The sums of conv2d and dense, for any types: y(o, p) = bias(o) + sum over taps t of weight(o, t) * x(t, p). */

import type { FixedCast } from "./cast.ts";
import { castRaw } from "./cast.ts";
import { castDoubles } from "./cast-doubles.ts";
import { numeric } from "./data-type.ts";
import { greatest, least } from "./extremes.ts";
import type { Parameter } from "./parameter.ts";
import { allowedRaws, channelIndex, rawAt, toDoubles } from "./parameter.ts";
import type { Range } from "./range.ts";
import { highest, lowest } from "./range.ts";
import type { Raws } from "./tensor.ts";
import { DOUBLE_BITS, toBigints } from "./tensor.ts";

/** One group of a layer: outputs `first` to `first + count - 1`, each with `taps` weights in a row of the tensor. */
export interface Rows {
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
  readonly taps: number;
}

/** The sum of one output, given what each tap sees; `order` has the taps' places in a row of weights. */
export type MakeSum = (rows: Rows, order: Int32Array) => (output: number, taps: readonly Raws[]) => Raws;

/** The fraction of weight * x, of the bias, and the larger one, in which the sum is exact. */
function fractions({ weight, bias }: Rows, inputFraction: number) {
  const product = numeric(weight.type).fraction + inputFraction;
  const start = bias ? numeric(bias.type).fraction : product;
  return { product, start, sum: Math.max(product, start) };
}

/** Interval of each output's exact sum. Padded taps contribute 0, so the input's interval is taken to hold 0. */
export function sumRange(rows: Rows, outputs: number, input: Range): Range {
  const { product, start, sum } = fractions(rows, input.fraction);
  const low = lowest(input) < 0n ? lowest(input) : 0n;
  const high = highest(input) > 0n ? highest(input) : 0n;
  const lows: bigint[] = [];
  const highs: bigint[] = [];
  for (let o = 0; o < outputs; o++) {
    const [least, most] = productSums(rows, o, low, high);
    const bias = rows.bias ? rawAt(rows.bias, channelIndex(rows.bias, o)) << BigInt(sum - start) : 0n;
    const scale = BigInt(sum - product);
    lows.push(bias + (least << scale));
    highs.push(bias + (most << scale));
  }
  return { fraction: sum, low: lows, high: highs };
}

/** Least and most of an output's sum of products with inputs from `low` to `high`, 0 among them. */
function productSums(rows: Rows, output: number, low: bigint, high: bigint): [least: bigint, most: bigint] {
  if (rows.weight.reloadable) {
    const products = allowedRaws(rows.weight).flatMap((weight) => [weight * low, weight * high]);
    const taps = BigInt(rows.taps);
    return [taps * least(products), taps * greatest(products)];
  }
  const [negative, positive] = signedSums(rows, output);
  return [positive * low + negative * high, positive * high + negative * low];
}

/** Sum of the negative weights of an output and of the positive ones. */
function signedSums({ weight, taps }: Rows, output: number): [negative: bigint, positive: bigint] {
  const width = numeric(weight.type).width;
  if (width > 24) return signedSumsWide(weight, taps, output);
  let negative = 0;
  let positive = 0;
  const bipolar = weight.encoding === "bipolar";
  const { data, table } = weight;
  for (let i = output * taps; i < (output + 1) * taps; i++) {
    const stored = Number(data[i]);
    const raw = bipolar ? 2 * stored - 1 : table ? Number(table[stored]) : stored;
    if (raw < 0) negative += raw;
    else positive += raw;
  }
  return [BigInt(negative), BigInt(positive)];
}

function signedSumsWide(weight: Parameter, taps: number, output: number): [bigint, bigint] {
  let negative = 0n;
  let positive = 0n;
  for (let i = output * taps; i < (output + 1) * taps; i++) {
    const raw = rawAt(weight, i);
    if (raw < 0n) negative += raw;
    else positive += raw;
  }
  return [negative, positive];
}

export interface SumPlan {
  readonly rows: Rows;
  readonly inputFraction: number;
  readonly inputBits: number;
  readonly accumulator: FixedCast | undefined;
}

/**
 * Computes the sums of one output over all pixels. `taps[t]` holds what tap t sees, one raw per pixel, in the order in which
 * products are accumulated; `order[t]` is the tap's place in the row of weights.
 */
export function weightedSum(plan: SumPlan, order: Int32Array): (output: number, taps: readonly Raws[]) => Raws {
  const { rows, accumulator, inputFraction, inputBits } = plan;
  const { product, start, sum } = fractions(rows, inputFraction);
  const fraction = accumulator ? accumulator.type.fraction : sum;
  const exactBits =
    inputBits + numeric(rows.weight.type).width + Math.ceil(Math.log2(rows.taps + 1)) + 2 + (sum - product);
  const biasBits = rows.bias ? numeric(rows.bias.type).width + (sum - start) + 2 : 0;
  const accumulatorBits = accumulator
    ? Math.max(0, sum - fraction) + accumulator.type.width + Math.max(0, fraction - sum) + 2
    : 0;
  if (Math.max(exactBits, biasBits, accumulatorBits) >= DOUBLE_BITS) return wideSum(plan, order);
  const weights = toDoubles(rows.weight);
  const biases = rows.bias ? toDoubles(rows.bias) : undefined;
  const step = 2 ** (sum - product);
  return (output, taps) => {
    const pixels = (taps[0] as Float64Array).length;
    const bias = biases ? (biases[channelIndex(rows.bias as Parameter, output)] as number) * 2 ** (sum - start) : 0;
    let acc: Float64Array = new Float64Array(pixels).fill(bias);
    if (accumulator) acc = castDoubles(acc, sum, DOUBLE_BITS, accumulator);
    for (let t = 0; t < taps.length; t++) {
      const weight = (weights[output * rows.taps + (order[t] as number)] as number) * step;
      const x = taps[t] as Float64Array;
      if (accumulator) acc = castStep(acc, x, weight, sum, accumulator);
      else for (let p = 0; p < pixels; p++) acc[p] = (acc[p] as number) + weight * (x[p] as number);
    }
    return acc;
  };
}

/** acc = cast(acc + weight * x). */
function castStep(acc: Float64Array, x: Float64Array, weight: number, sum: number, cast: FixedCast): Float64Array {
  const fraction = Math.max(sum, cast.type.fraction);
  const [a, b] = [2 ** (fraction - cast.type.fraction), weight * 2 ** (fraction - sum)];
  for (let p = 0; p < acc.length; p++) acc[p] = (acc[p] as number) * a + b * (x[p] as number);
  return castDoubles(acc, fraction, DOUBLE_BITS, cast);
}

function wideSum({ rows, accumulator, inputFraction }: SumPlan, order: Int32Array) {
  const { product, start, sum } = fractions(rows, inputFraction);
  return (output: number, taps: readonly Raws[]): Raws => {
    const wide = taps.map(toBigints);
    const bias = rows.bias ? rawAt(rows.bias, channelIndex(rows.bias, output)) << BigInt(sum - start) : 0n;
    return (wide[0] as bigint[]).map((_, p) => {
      const finish = (raw: bigint, fraction: number) => (accumulator ? castRaw(raw, fraction, accumulator) : raw);
      let acc = finish(bias, sum);
      for (let t = 0; t < wide.length; t++) {
        const weight = rawAt(rows.weight, output * rows.taps + (order[t] as number));
        const term = weight * ((wide[t] as bigint[])[p] as bigint);
        acc = addExactly(acc, accumulator ? accumulator.type.fraction : sum, term, product, finish);
      }
      return acc;
    });
  };
}

function addExactly(
  acc: bigint,
  fraction: number,
  term: bigint,
  termFraction: number,
  finish: (raw: bigint, fraction: number) => bigint,
): bigint {
  const common = Math.max(fraction, termFraction);
  return finish((acc << BigInt(common - fraction)) + (term << BigInt(common - termFraction)), common);
}
