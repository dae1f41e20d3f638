/**
 * Products with a single word of weights that are constants in the logic: shifted elements of the chunk, and sums of two of them that several
 * lanes share (shared-sums.ts), each a row of bits for the compressors of the lanes.
 */
import type { Row, Saving, SharedSums } from "../shared-sums.ts";
import { rowsOf, shareSums, tooMany } from "../shared-sums.ts";
import type { Sums } from "../sums.ts";
import { laneWeights, wordsOf } from "../sums.ts";
import { plain, spanBits } from "./addends.ts";
import { plus } from "./adder-chain.ts";
import { lanesOf } from "./elementwise.ts";
import type { Signal } from "./pipeline.ts";
import { Pipeline } from "./pipeline.ts";
import type { RowBit } from "./row-bits.ts";
import { RowBits } from "./row-bits.ts";
import type { Element, Terms } from "./terms.ts";

/** A compressor takes half a LUT for a bit of a row, a shared sum a LUT and a register: it must be common to about three sums. */
const COMPRESSED: Saving = (count, { first, second, sum, passed }) =>
  count * 0.5 * (first + second - sum) - 1.1 * (sum - passed);
/** Of shared sums: sums of sums of sums save next to nothing. */
const MOST_DEPTH = 2;

/** None for several words, for XNOR-popcount, or for too many weights. */
export function sharedTerms({ weight, shape, bits: most = Infinity }: Sums, element: Element): Terms[] {
  const [words, products] = [wordsOf(shape), lanesOf(shape.pe).map(() => shape.simd)];
  const xnor = weight.encoding === "bipolar" && element.kind === "bipolar";
  if (words > 1 || xnor || tooMany(products)) return [];
  const weights = lanesOf(shape.pe).map((lane) => laneWeights(weight, shape, 0, lane));
  return ways(weights, element, most);
}

type Weights = readonly (readonly bigint[])[];

function ways(weights: Weights, element: Element, most: number): Terms[] {
  const rows = weights.map(rowsOf);
  if (tooMany(rows.map(({ length }) => length))) return [];
  const bits = (weights[0] as readonly bigint[]).map(() => element.bits);
  return [unit(shareSums(rows, bits, { saving: COMPRESSED, mostDepth: MOST_DEPTH }), weights, element, most)];
}

/** Of `most` bits of sums. */
function unit({ shared, outputs }: SharedSums, weights: Weights, element: Element, most: number): Terms {
  const pipeline = new Pipeline(1, "advance", "shared");
  const sources = (weights[0] as readonly bigint[]).map((_, i) => elementSignal(element, i, pipeline));
  for (const { first, second, shift, sign } of shared)
    sources.push(sharedSignal(sources[first] as Signal, sources[second] as Signal, shift, sign, pipeline));
  const latency = Math.max(0, ...outputs.flat().map(({ source }) => (sources[source] as Signal).time));
  const lanes = outputs.map((rows) => laneRows(rows, sources, { time: latency, most }, pipeline));
  // A bipolar element is 2 * bit - 1.
  const bipolar = element.kind === "bipolar";
  pipeline.spend(new Set(lanes.flatMap(({ bits }) => bits.apart)).size);
  return {
    ...{ format: { bits: element.bits, products: 1 }, shift: bipolar ? 1 : 0, latency },
    lanes: lanes.map(({ bits: { heights }, constant }, lane) => ({
      heights,
      constant: bipolar
        ? 2n * constant - (weights[lane] as readonly bigint[]).reduce((sum, raw) => sum + raw)
        : constant,
      luts: 0,
    })),
    memory: pipeline.parts,
    weights: () => pipeline.text(),
    bits: (_name, _x, lane) => (lanes[lane] as LaneRows).bits.text(),
  };
}

function elementSignal({ bits, kind }: Element, index: number, pipeline: Pipeline): Signal {
  const [signed, end] = [kind === "signed", 1n << BigInt(bits)];
  const range = signed ? { low: -end / 2n, high: end / 2n - 1n } : { low: 0n, high: end - 1n };
  return pipeline.wire({ width: bits, signed, time: 0, ...range }, `chunk[${index * bits}+:${bits}]`);
}

/** first + sign * second * 2^shift. */
function sharedSignal(first: Signal, second: Signal, shift: number, sign: number, pipeline: Pipeline): Signal {
  const addend = plain(second, shift, sign < 0);
  const low = first.low + (addend.low << BigInt(shift));
  const high = first.high + (addend.high << BigInt(shift));
  const signed = low < 0n;
  return { ...plus(first, addend, rowWidth(low, high), pipeline), signed };
}

const rowWidth = (low: bigint, high: bigint): number => spanBits(low, high) - (low < 0n ? 0 : 1);

interface LaneRows {
  readonly bits: RowBits;
  /** What their sum lacks. */
  readonly constant: bigint;
}

function laneRows(
  rows: readonly Row[],
  sources: readonly Signal[],
  { time, most }: { time: number; most: number },
  pipeline: Pipeline,
): LaneRows {
  const columns: RowBit[][] = [];
  let constant = 0n;
  for (const { source, shift, sign } of rows) {
    const signal = sources[source] as Signal;
    const { width, signed } = signal;
    for (let bit = 0; bit < Math.min(width, most - shift); bit++) {
      while (columns.length <= shift + bit) columns.push([]);
      // The sign of a signed number counts as an inverted bit less one; -n is ~n + 1.
      const inverted = (signed && bit === width - 1) !== sign < 0;
      columns[shift + bit]?.push({ name: `${pipeline.at(signal, time, bit, 1)}[${bit}]`, inverted });
    }
    const lacks = (signed ? -(1n << BigInt(width - 1)) : sign < 0 ? -(1n << BigInt(width)) : 0n) + (sign < 0 ? 1n : 0n);
    constant += lacks << BigInt(shift);
  }
  if (columns.length === 0) columns.push([{ name: "1'b0", inverted: false }]);
  return { bits: new RowBits(columns), constant };
}
