/** The sums of conv2d, gated-conv2d and dense as the matrix-vector units of both back ends compute them. */
import type { FixedCast } from "./cast.ts";
import { bitWidth, numeric } from "./data-type.ts";
import type { Stream } from "./graph.ts";
import type { Folding } from "./layer.ts";
import type { Parameter } from "./parameter.ts";
import { channelIndex, rawAt } from "./parameter.ts";
import type { Borders } from "./windowing.ts";
import { absentTaps } from "./windowing.ts";

export interface WeightShape extends Folding {
  /** Outputs, channels of a group, kernel rows times columns (dense: pixels). */
  readonly outputs: number;
  readonly channels: number;
  readonly taps: number;
}

export interface Sums {
  readonly name: string;
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
  readonly accumulator: FixedCast | undefined;
  readonly input: Stream;
  /** Outputs, channels of a group, taps. */
  readonly shape: WeightShape;
  readonly groups: number;
  /** Whether the elements of a chunk are bipolar ones made signed (windowing.ts). */
  readonly signs: boolean;
  /** Pixels whose windows lack taps that the window fills with -1. */
  readonly borders: Borders | undefined;
  readonly kernel: readonly [number, number];
  /** Bits of a sum that leave the stage; those above do not matter. */
  readonly bits?: number | undefined;
  /** Of the input (Stream). */
  readonly levels?: number | undefined;
}

export const elementBits = ({ input, signs }: Sums): number => (signs ? 2 : bitWidth(input.type));

/** Fractions of weight * x and of the sum, in which the bias is exact too. */
export function fractions({ weight, bias, input }: Sums) {
  const product = numeric(weight.type).fraction + numeric(input.type).fraction;
  return { product, sum: Math.max(product, bias ? numeric(bias.type).fraction : product) };
}

/** Chunks of a sum. */
export const foldsOf = ({ channels, taps, simd }: WeightShape): number => (channels * taps) / simd;

/** Words of weights: of each row the chunks. */
export const wordsOf = (shape: WeightShape): number => (shape.outputs / shape.pe) * foldsOf(shape);

/** The raws of a lane in a word, by element. */
export function laneWeights(weight: Parameter, shape: WeightShape, word: number, lane: number): bigint[] {
  const { pe, simd, channels, taps } = shape;
  const folds = foldsOf(shape);
  const [row, fold] = [Math.floor(word / folds), word % folds];
  return Array.from({ length: simd }, (_, i) => {
    const e = fold * simd + i;
    return rawAt(weight, ((row * pe + lane) * channels + (e % channels)) * taps + Math.floor(e / channels));
  });
}

/** A type that holds every product of an input and a weight. */
export function productBits(weight: Parameter, inputBits: number): number {
  const { signed, width } = numeric(weight.type);
  return width + inputBits + (signed ? 0 : 1) + 1;
}

export const alignedBias = (bias: Parameter, output: number, fraction: number): bigint =>
  rawAt(bias, channelIndex(bias, output)) << BigInt(fraction - numeric(bias.type).fraction);

/** What sums start from, by border and output: their base, and the weights of the taps that a class of pixels lacks, modulo 2^width. */
export function startValues(sums: Sums, fraction: number, extra: (output: number) => bigint, width: number): bigint[] {
  const { shape, borders, weight } = sums;
  const [shift, bases] = [productShift(sums, fraction), startBases(sums, fraction, extra)];
  const tapSums = borders && tapSumsOf(weight, shape);
  return absentOf(sums).flatMap((absent) =>
    bases.map((base, o) => {
      const lacking = absent.reduce(
        (total, lacks, tap) => total + (lacks ? (tapSums?.[o * shape.taps + tap] ?? 0n) : 0n),
        0n,
      );
      return BigInt.asIntN(Math.min(64, width), (lacking << shift) + base);
    }),
  );
}

/** From products to sums of that fraction. */
export const productShift = (sums: Sums, fraction: number): bigint => BigInt(fraction - fractions(sums).product);

/** Of each output what its sum starts from where no tap is lacking: the bias, and `extra`, of the products' fraction. */
export function startBases(sums: Sums, fraction: number, extra: (output: number) => bigint): bigint[] {
  const { bias, shape } = sums;
  const shift = productShift(sums, fraction);
  const biasOf = (output: number) => (bias ? alignedBias(bias, output, fraction) : 0n);
  return Array.from({ length: shape.outputs }, (_, o) => (extra(o) << shift) + biasOf(o));
}

/** For each class of pixels which taps it lacks. */
export const absentOf = ({ borders, kernel }: Sums): boolean[][] =>
  borders
    ? borders.rowClasses.flatMap((rows) => borders.columnClasses.map((columns) => absentTaps(rows, columns, kernel)))
    : [[]];

/** Sum of the weights of each output and tap over the channels. */
function tapSumsOf(weight: Parameter, { outputs, channels, taps }: WeightShape): bigint[] {
  return Array.from({ length: outputs * taps }, (_, i) => {
    const [o, tap] = [Math.floor(i / taps), i % taps];
    let sum = 0n;
    for (let c = 0; c < channels; c++) sum += rawAt(weight, (o * channels + c) * taps + tap);
    return sum;
  });
}
