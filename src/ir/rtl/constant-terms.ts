/**
 * Products with weights that are constants in the logic: for few words of weights the sum of a few products is a function of some bits of the
 * chunk and of the word's number, so truth tables give it (src/templates/rtl/sum_tables.sv), and there is no memory. Of a thermometer code
 * it is enough to know how many of its levels are reached (level_codes.sv): a table then adds up as many products as there are levels.
 */
import { rawRange } from "../parameter.ts";
import type { Sums } from "../sums.ts";
import { laneWeights, wordsOf } from "../sums.ts";
import type { Group, Grouping } from "./constant-groups.ts";
import { levelGroups, productGroups } from "./constant-groups.ts";
import type { Element, Terms } from "./terms.ts";
import { indexBits, instance, packed } from "./verilog.ts";

const LUT_INPUTS = 6;

/** For each number of bits that a LUT can take beside those of the phase. */
export function constantTerms(sums: Sums, element: Element): Terms[] {
  const { shape, weight, levels = 1 } = sums;
  const words = wordsOf(shape);
  const phaseBits = words > 1 ? indexBits(words) : 0;
  const bipolar = weight.encoding === "bipolar";
  const scope = { simd: shape.simd, element, range: bipolar ? ([-1n, 1n] as const) : rawRange(weight) };
  const coded = levels > 1 && shape.channels % levels === 0 && shape.simd % levels === 0;
  // Products that are all odd have sums that are all odd, or all even.
  const plan = { words, phaseBits, shift: bipolar && element.kind === "bipolar" ? 1 : 0 };
  return Array.from({ length: LUT_INPUTS - phaseBits }, (_, i) => i + 1).flatMap((inputs) => [
    groupedTerms(sums, plan, productGroups(scope, inputs)),
    ...(coded && inputs > 1 ? [groupedTerms(sums, plan, levelGroups(scope, levels, inputs))] : []),
  ]);
}

interface Plan {
  readonly words: number;
  readonly phaseBits: number;
  /** Sums are divided by 2^shift. */
  readonly shift: number;
}

function groupedTerms({ weight, shape }: Sums, plan: Plan, { format, groups }: Grouping): Terms {
  const { words, phaseBits, shift } = plan;
  const columns = columnsOf(groups, shift);
  return {
    ...{ format, shift, latency: 0 },
    lanes: [
      {
        heights: columns.map((slices) => slices.reduce((sum, { group }) => sum + group.count, 0)),
        constant: groups.reduce((sum, { least, count, place }) => sum + ((least * BigInt(count)) << BigInt(place)), 0n),
        luts: groups.reduce((sum, group) => sum + group.count * lutsOf(group, plan, shape.pe), 0),
      },
    ],
    memory: { register: phaseBits },
    weights: () => [
      `logic [${Math.max(1, phaseBits) - 1}:0] phase;`,
      phaseBits > 0 ? "always_ff @(posedge clk) if (read) phase <= address;" : "assign phase = 1'b0;",
    ],
    bits(name, x, lane) {
      const weights = Array.from({ length: words }, (_, word) => laneWeights(weight, shape, word, lane));
      const bits = columns
        .flat()
        .map(({ group, bit }) => `${name}_${group.name}[${bit * group.count}+:${group.count}]`);
      return {
        lines: [
          `wire [${(shape.simd / format.products) * format.bits - 1}:0] ${name}_x = ${x};`,
          ...groups.flatMap((group) => sumTables(name, plan, group, weights)),
        ],
        bits: `{${bits.reverse().join(", ")}}`,
      };
    },
  };
}

/** Bits of what is left of a sum. */
const bitsOf = ({ least, most }: Group, shift: number): number => ((most - least) >> BigInt(shift)).toString(2).length;

/** Of each weight 2^i the bits of sums. */
function columnsOf(groups: readonly Group[], shift: number): { group: Group; bit: number }[][] {
  const all = groups.flatMap((group) => Array.from({ length: bitsOf(group, shift) }, (_, bit) => ({ group, bit })));
  const width = Math.max(...all.map(({ group, bit }) => group.place + bit)) + 1;
  return Array.from({ length: width }, (_, column) => all.filter(({ group, bit }) => group.place + bit === column));
}

/** LUTs of a sum. A bit that is but inverted, or not, is so for all lanes. */
function lutsOf(group: Group, { phaseBits, shift }: Plan, pe: number): number {
  const [used, bits] = [group.inputs + phaseBits, bitsOf(group, shift)];
  if (used === 1) return bits / pe;
  return used < LUT_INPUTS ? Math.ceil(bits / 2) : bits;
}

/** `weights` are those of each word. */
function sumTables(name: string, plan: Plan, group: Group, weights: readonly (readonly bigint[])[]): string[] {
  const { count, inputs } = group;
  const { phaseBits, shift } = plan;
  const [y, bits] = [`${name}_${group.name}`, bitsOf(group, shift)];
  const tables = Array.from({ length: count }, (_, i) => truthTables(group, i, plan, weights));
  const x = Array.from({ length: count }, (_, i) => group.bits(i)).flat();
  return [
    `wire [${count * bits - 1}:0] ${y};`,
    ...instance(
      "sum_tables",
      `${y}_tables`,
      { sums: count, inputs, phase_bits: phaseBits, bits, tables: packed(bits * 2 ** (inputs + phaseBits), tables) },
      { x: picked(`${name}_x`, x), phase: "phase", y },
    ),
  ];
}

/** Bits of a wire side by side, the first in the lowest place. */
function picked(wire: string, bits: readonly number[]): string {
  const [first = 0] = bits;
  if (bits.every((bit, i) => bit === first + i)) return `${wire}[${first}+:${bits.length}]`;
  return `{${bits
    .map((bit) => `${wire}[${bit}]`)
    .reverse()
    .join(", ")}}`;
}

/** For each bit of sum `i` its value for each number {phase, bits of the chunk}, the lowest first. */
function truthTables(group: Group, i: number, plan: Plan, weights: readonly (readonly bigint[])[]): bigint {
  const { phaseBits, shift } = plan;
  const [size, bits] = [2 ** (group.inputs + phaseBits), bitsOf(group, shift)];
  let tables = 0n;
  for (let index = 0; index < size; index++) {
    // There may be fewer words than phases.
    const word = weights[index >> group.inputs] ?? (weights[0] as readonly bigint[]);
    const entry = (group.sum(word, i, index % 2 ** group.inputs) - group.least) >> BigInt(shift);
    for (let bit = 0; bit < bits; bit++) tables |= ((entry >> BigInt(bit)) & 1n) << BigInt(bit * size + index);
  }
  return tables;
}
