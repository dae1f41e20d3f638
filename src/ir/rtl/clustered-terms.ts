/**
 * XNOR-popcount with a single word of weights, constants in the logic. A few lanes are a cluster: the inputs whose weights differ from those
 * of its first lane in the same lanes are a class, and how many products of a class are +1 in the first lane is counted once for all of them.
 * In another lane it is as many, or all the others.
 *
 *     weights   lane 0  + + - -      classes  {0, 3}: the same in lane 1      ones of lane 0 = a + b
 *               lane 1  + - + -               {1, 2}: the opposite            ones of lane 1 = a + (2 - b)
 */
import type { Parts } from "../cost.ts";
import { allParts } from "../cost.ts";
import type { Sums } from "../sums.ts";
import { laneWeights, wordsOf } from "../sums.ts";
import { compressor, compressorLatency, sumBits } from "./compressor.ts";
import { compressorName } from "./compressor-module.ts";
import { lanesOf } from "./elementwise.ts";
import { RowBits } from "./row-bits.ts";
import type { Element, Terms } from "./terms.ts";
import { delayed, instance } from "./verilog.ts";

/** Lanes of a cluster: fewer share less, more of them have too many classes. */
const SIZE = 4;
/** Inputs that are counted in two cycles; a larger class may be several, so that the others need not wait for it. */
const QUICK = 22;

/** Two ways; none for several words, for other products, or of thermometer codes, of which fewer bits tell as much. */
export function clusteredTerms({ weight, shape, levels = 1 }: Sums, element: Element): Terms[] {
  const xnor = weight.encoding === "bipolar" && element.kind === "bipolar";
  if (wordsOf(shape) > 1 || !xnor || levels > 1 || shape.pe < SIZE) return [];
  const weights = lanesOf(shape.pe).map((lane) => laneWeights(weight, shape, 0, lane));
  return [QUICK, shape.simd].map((most) => clustered(weights, most));
}

type Weights = readonly (readonly bigint[])[];

/** Inputs of a cluster whose weights differ from those of the first lane in the same lanes. */
interface Class {
  readonly name: string;
  readonly inputs: readonly number[];
  /** Whether the products are the opposite of those of the first lane, by lane. */
  readonly opposite: readonly boolean[];
}

/** With classes of `most` inputs at most. */
function clustered(weights: Weights, most: number): Terms {
  const simd = (weights[0] as readonly bigint[]).length;
  const clusters = Array.from({ length: Math.ceil(weights.length / SIZE) }, (_, i) =>
    classesOf(weights.slice(i * SIZE, (i + 1) * SIZE), most, `class_${i}`),
  );
  const all = clusters.flat();
  const latency = Math.max(...all.map(({ inputs }) => compressorLatency([inputs.length])));
  const lanes = weights.map((_, lane) => laneBits(clusters[Math.floor(lane / SIZE)] as Class[], lane % SIZE));
  return {
    ...{ format: { bits: 1, products: 1 }, shift: 1, latency },
    lanes: lanes.map(({ bits: { heights, apart }, constant }) => ({
      ...{ heights, constant: 2n * constant - BigInt(simd), luts: apart.length },
    })),
    memory: allParts(all.map((one) => countedParts(one, latency))),
    weights: () =>
      clusters.flatMap((classes, i) =>
        classes.flatMap((one) => counted(one, weights[i * SIZE] as readonly bigint[], latency)),
      ),
    bits: (_name, _x, lane) => (lanes[lane] as LaneBits).bits.text(),
  };
}

function classesOf(weights: Weights, most: number, prefix: string): Class[] {
  const [first] = weights as [readonly bigint[]];
  const classes = new Map<string, { inputs: number[]; opposite: boolean[] }>();
  for (const [i, own] of first.entries()) {
    const opposite = weights.map((lane) => lane[i] !== own);
    const one = classes.get(opposite.join()) ?? { inputs: [], opposite };
    one.inputs.push(i);
    classes.set(opposite.join(), one);
  }
  const parts = [...classes.values()].flatMap(({ inputs, opposite }) => {
    const count = Math.ceil(inputs.length / most);
    return lanesOf(count).map((part) => ({ inputs: inputs.filter((_, i) => i % count === part), opposite }));
  });
  return parts.map((one, i) => ({ ...one, name: `${prefix}_${i}` }));
}

const classBits = ({ inputs }: Class): number => sumBits([inputs.length]);

interface LaneBits {
  readonly bits: RowBits;
  /** What their sum lacks. */
  readonly constant: bigint;
}

/** The opposite of a count c of n products in w bits is n - c: ~c and n + 1 - 2^w. */
function laneBits(classes: readonly Class[], lane: number): LaneBits {
  const width = Math.max(...classes.map(classBits));
  const columns = Array.from({ length: width }, (_, bit) =>
    classes
      .filter((one) => bit < classBits(one))
      .map(({ name, opposite }) => ({ name: `${name}[${bit}]`, inverted: opposite[lane] as boolean })),
  );
  const opposite = classes.filter((one) => one.opposite[lane]);
  return {
    bits: new RowBits(columns),
    constant: opposite.reduce((sum, one) => sum + BigInt(one.inputs.length + 1 - 2 ** classBits(one)), 0n),
  };
}

/** Cycles that a count waits for those of the largest class. */
const waits = ({ inputs }: Class, latency: number): number => latency - compressorLatency([inputs.length]);

function countedParts(one: Class, latency: number): Parts {
  const { luts, registers, width } = compressor([one.inputs.length]);
  const late = waits(one, latency);
  return allParts([{ lut: luts, register: registers }, late > 1 ? { lut: width } : { register: late * width }]);
}

/** The wire of the class: how many of its products are +1 in the first lane. */
function counted(one: Class, weights: readonly bigint[], latency: number): string[] {
  const { name, inputs } = one;
  const [width, late] = [classBits(one), waits(one, latency)];
  const highestFirst = [...inputs].reverse();
  const inverted = highestFirst.map((i) => (weights[i] === 1n ? 0 : 1)).join("");
  const ports = { clk: "clk", advance: "advance", x: `{${highestFirst.map((i) => `chunk[${i}]`).join(", ")}}` };
  return [
    `wire [${width - 1}:0] ${name};`,
    ...(late > 0 ? delayed(name, width, late) : []),
    ...instance(
      compressorName([inputs.length]),
      `count_${name}`,
      { inverted: `${inputs.length}'b${inverted}` },
      { ...ports, sum: late > 0 ? `${name}_0` : name },
    ),
  ];
}
