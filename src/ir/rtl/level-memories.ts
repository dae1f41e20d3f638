/**
 * Products with the levels of thermometer codes from block RAM: for each number a memory that gives, for the word of weights and the number's
 * level, the sums of all lanes. Nothing is left to the logic but to add them up.
 */
import type { Parts } from "../cost.ts";
import { blockRams, romInBlockRam } from "../cost.ts";
import { rawRange } from "../parameter.ts";
import type { Sums } from "../sums.ts";
import { laneWeights, wordsOf } from "../sums.ts";
import { levelGroups } from "./constant-groups.ts";
import type { Element, Terms } from "./terms.ts";
import { firstWords, indexBits } from "./verilog.ts";

/** None where the input is no such code, or the memories would not be block RAM. */
export function levelMemories(sums: Sums, element: Element): Terms[] {
  const { shape, weight, levels = 1 } = sums;
  const { pe, simd } = shape;
  if (levels === 1 || shape.channels % levels > 0 || simd % levels > 0) return [];
  const bipolar = weight.encoding === "bipolar";
  const range = bipolar ? ([-1n, 1n] as const) : rawRange(weight);
  const { format, groups } = levelGroups({ simd, element, range }, levels, levels.toString(2).length);
  const [group] = groups as [(typeof groups)[0]];
  const shift = bipolar ? 1 : 0;
  const bits = ((group.most - group.least) >> BigInt(shift)).toString(2).length;
  const words = wordsOf(shape);
  const phaseBits = words > 1 ? indexBits(words) : 0;
  const [width, depth] = [pe * bits, 2 ** (phaseBits + format.bits)];
  if (!romInBlockRam(width, depth, !!shape.blockRam)) return [];
  const entry = (row: readonly bigint[], number: number, level: number) =>
    BigInt.asUintN(bits, (group.sum(row, number, level) - group.least) >> BigInt(shift));
  const memory: Parts = { bram18: group.count * blockRams(width, depth), register: phaseBits };
  return [
    {
      ...{ format, shift, memory, latency: 1 },
      lanes: [
        {
          heights: new Array<number>(bits).fill(group.count),
          constant: group.least * BigInt(group.count),
          luts: 0,
        },
      ],
      weights() {
        const rows = Array.from({ length: words }, (_, word) =>
          Array.from({ length: pe }, (_, lane) => laneWeights(weight, shape, word, lane)),
        );
        const phase = phaseBits > 0 ? [`logic [${phaseBits - 1}:0] phase;`, read("phase", "address", "read")] : [];
        const index = (number: number) => {
          const level = `chunk[${number * format.bits}+:${format.bits}]`;
          return phaseBits > 0 ? `{phase, ${level}}` : level;
        };
        const lines = Array.from({ length: group.count }, (_, number) => [
          `(* rom_style = "block" *) logic [${width - 1}:0] levels_${number}[0:${depth - 1}];`,
          `logic [${width - 1}:0] sums_${number};`,
          ...firstWords(
            `levels_${number}`,
            width,
            Array.from({ length: depth }, (_, i) => {
              const lanes = rows[i >> format.bits] ?? (rows[0] as bigint[][]);
              const sums = lanes.map((row) => entry(row, number, i % 2 ** format.bits));
              return sums.reduceRight((all, sum) => (all << BigInt(bits)) | sum, 0n);
            }),
          ),
          read(`sums_${number}`, `levels_${number}[${index(number)}]`, "advance"),
        ]);
        return [...phase, ...lines.flat()];
      },
      bits(_name, _x, lane) {
        const all = Array.from({ length: bits * group.count }, (_, i) => {
          const [bit, number] = [Math.floor(i / group.count), i % group.count];
          return `sums_${number}[${lane * bits + bit}]`;
        });
        return { lines: [], bits: `{${all.reverse().join(", ")}}` };
      },
    },
  ];
}

const read = (register: string, value: string, when: string): string =>
  `always_ff @(posedge clk) if (${when}) ${register} <= ${value};`;
