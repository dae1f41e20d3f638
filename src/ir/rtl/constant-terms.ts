/**
 * Products with weights that are constants in the logic: for few words of weights the sum of a few products is a function of a bit of each
 * element and of the word's number, so truth tables give it (src/templates/rtl/sum_tables.sv), and there is no memory.
 */
import { rawRange } from "../parameter.ts";
import type { Sums } from "../sums.ts";
import type { Element, Terms } from "./terms.ts";
import { indexBits, instance, packed } from "./verilog.ts";
import { laneWeights, wordsOf } from "./weights.ts";

const LUT_INPUTS = 6;

/** For each number of products that a LUT can add up. */
export function constantTerms(sums: Sums, element: Element): Terms[] {
  const words = wordsOf(sums.shape);
  const phaseBits = words > 1 ? indexBits(words) : 0;
  const range = sums.weight.encoding === "bipolar" ? ([-1n, 1n] as const) : rawRange(sums.weight);
  return Array.from({ length: LUT_INPUTS - phaseBits }, (_, i) => {
    const groups = groupsOf(sums, element, range, i + 1);
    return groupedTerms(sums, element, { groups, words, phaseBits });
  });
}

/** `count` sums of `inputs` products each, from the product `from` on, of one bit of the elements. */
interface Group {
  readonly name: string;
  readonly from: number;
  readonly count: number;
  readonly inputs: number;
  /** The bit of the elements. A weight counts, times 2^place, `zero` times where it is 0 and `one` times where it is 1. */
  readonly place: number;
  readonly zero: bigint;
  readonly one: bigint;
  /** The least of a sum, which is subtracted from it, and what it is then divided by: 2^shift. */
  readonly least: bigint;
  readonly shift: bigint;
  /** Of what is left of a sum. */
  readonly bits: number;
}

function groupsOf(
  { shape, weight }: Sums,
  element: Element,
  range: readonly [bigint, bigint],
  inputs: number,
): Group[] {
  const { simd } = shape;
  // Products that are all odd have sums that are all odd, or all even.
  const shift = element.kind === "bipolar" && weight.encoding === "bipolar" ? 1n : 0n;
  const [count, rest] = [Math.floor(simd / inputs), simd % inputs];
  const parts = [
    ...(count > 0 ? [{ name: "sums", from: 0, count, inputs }] : []),
    ...(rest > 0 ? [{ name: "rest", from: simd - rest, count: 1, inputs: rest }] : []),
  ];
  return Array.from({ length: element.bits }, (_, place) => {
    const zero = element.kind === "bipolar" ? -1n : 0n;
    const one = element.kind === "signed" && place === element.bits - 1 ? -1n : 1n;
    const products = range.flatMap((raw) => [raw * zero, raw * one]);
    const [low, high] = [products.reduce(smaller), products.reduce(larger)];
    return parts.map((part) => {
      const [least, most] = [BigInt(part.inputs) * low, BigInt(part.inputs) * high];
      const bits = ((most - least) >> shift).toString(2).length;
      return { ...part, name: `${part.name}_${place}`, place, zero, one, least, shift, bits };
    });
  }).flat();
}

interface Plan {
  readonly groups: readonly Group[];
  readonly words: number;
  readonly phaseBits: number;
}

function groupedTerms({ weight, shape }: Sums, element: Element, { groups, words, phaseBits }: Plan): Terms {
  const columns = columnsOf(groups);
  return {
    heights: columns.map((slices) => slices.reduce((sum, { group }) => sum + group.count, 0)),
    shift: Number(groups[0]?.shift),
    constant: groups.reduce((sum, { least, count, place }) => sum + ((least * BigInt(count)) << BigInt(place)), 0n),
    luts: groups.reduce((sum, group) => sum + group.count * lutsOf(group, phaseBits, shape.pe), 0),
    memory: { register: phaseBits },
    weights: () => [
      `logic [${Math.max(1, phaseBits) - 1}:0] phase;`,
      phaseBits > 0 ? "always_ff @(posedge clk) if (read) phase <= address;" : "assign phase = 1'b0;",
    ],
    bits(name, x, lane) {
      const weights = Array.from({ length: words }, (_, word) => laneWeights(weight, shape, word, lane));
      const tables = groups.flatMap((group) => sumTables(name, element, group, { weights, phaseBits }));
      const bits = columns
        .flat()
        .map(({ group, bit }) => `${name}_${group.name}[${bit * group.count}+:${group.count}]`);
      return {
        lines: [`wire [${shape.simd * element.bits - 1}:0] ${name}_x = ${x};`, ...tables],
        bits: `{${bits.reverse().join(", ")}}`,
      };
    },
  };
}

/** Of each weight 2^i the bits of sums. */
function columnsOf(groups: readonly Group[]): { group: Group; bit: number }[][] {
  const width = Math.max(...groups.map(({ place, bits }) => place + bits));
  return Array.from({ length: width }, (_, column) =>
    groups
      .map((group) => ({ group, bit: column - group.place }))
      .filter(({ group, bit }) => bit >= 0 && bit < group.bits),
  );
}

/** LUTs of a sum. A bit that is but inverted, or not, is so for all lanes. */
function lutsOf({ inputs, bits }: Group, phaseBits: number, pe: number): number {
  const used = inputs + phaseBits;
  if (used === 1) return bits / pe;
  return used < LUT_INPUTS ? Math.ceil(bits / 2) : bits;
}

interface LaneTables {
  /** By word and product. */
  readonly weights: readonly (readonly bigint[])[];
  readonly phaseBits: number;
}

function sumTables(name: string, element: Element, group: Group, { weights, phaseBits }: LaneTables): string[] {
  const { count, inputs, bits, from, place } = group;
  const y = `${name}_${group.name}`;
  const tables = Array.from({ length: count }, (_, i) => {
    const factors = weights.map((word) => word.slice(from + i * inputs, from + (i + 1) * inputs));
    return truthTables(group, factors, phaseBits);
  });
  const x = Array.from({ length: count * inputs }, (_, i) => `${name}_x[${(from + i) * element.bits + place}]`);
  return [
    `wire [${count * bits - 1}:0] ${y};`,
    ...instance(
      "sum_tables",
      `${y}_tables`,
      { sums: count, inputs, phase_bits: phaseBits, bits, tables: packed(bits * 2 ** (inputs + phaseBits), tables) },
      { x: element.bits > 1 ? `{${x.reverse().join(", ")}}` : `${name}_x[${from}+:${x.length}]`, phase: "phase", y },
    ),
  ];
}

/** For each bit of a sum its value for each number {phase, bits of the elements}, the lowest first. */
function truthTables(group: Group, weights: readonly (readonly bigint[])[], phaseBits: number): bigint {
  const { inputs, bits, zero, one, least, shift } = group;
  const size = 2 ** (inputs + phaseBits);
  let tables = 0n;
  for (let index = 0; index < size; index++) {
    // There may be fewer words than phases.
    const factors = weights[index >> inputs] ?? (weights[0] as readonly bigint[]);
    const sum = factors.reduce((total, raw, i) => total + raw * ((index >> i) & 1 ? one : zero), 0n);
    const entry = (sum - least) >> shift;
    for (let bit = 0; bit < bits; bit++) tables |= ((entry >> BigInt(bit)) & 1n) << BigInt(bit * size + index);
  }
  return tables;
}

const smaller = (a: bigint, b: bigint): bigint => (b < a ? b : a);
const larger = (a: bigint, b: bigint): bigint => (b > a ? b : a);
