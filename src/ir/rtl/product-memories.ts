/**
 * XNOR-popcount from block RAM: for each few inputs a memory that gives, for the word of weights and these bits, how many products are +1 in
 * each lane. Both planes of a gated convolution read the same memory, each through a port of its own.
 */
import type { Parts } from "../cost.ts";
import { allParts, sharedBlockRams } from "../cost.ts";
import type { Sums } from "../sums.ts";
import { laneWeights, wordsOf } from "../sums.ts";
import type { Element, Terms } from "./terms.ts";
import { indexBits, instance, packed, wordOf } from "./verilog.ts";

/** With fewer inputs a memory saves too little; with more of them it is several block RAMs. */
const INPUTS = [7, 6, 5];

/** As src/templates/rtl/table_memory.sv: more of them are block RAM. */
const LUT_INPUTS = 6;

/** With as many inputs as take the fewest block RAMs, where the folding asks for such memories. */
export function productMemories(sums: Sums, element: Element, planes: number): Terms | undefined {
  const { blockRam, simd } = sums.shape;
  const bipolar = element.kind === "bipolar" && sums.weight.encoding === "bipolar";
  if (blockRam !== "products" || !bipolar || simd < Math.max(...INPUTS)) return undefined;
  const ways = INPUTS.map((inputs) => memories(sums, inputs, planes));
  return ways.reduce((best, way) => ((way.memory.bram18 ?? 0) < (best.memory.bram18 ?? 0) ? way : best));
}

function memories({ weight, shape }: Sums, inputs: number, planes: number): Terms {
  const { pe, simd } = shape;
  const words = wordsOf(shape);
  const phaseBits = words > 1 ? indexBits(words) : 0;
  // The last inputs may be fewer.
  const sizes = Array.from({ length: Math.ceil(simd / inputs) }, (_, i) => Math.min(inputs, simd - i * inputs));
  const groups = sizes.map((size, i) => ({ size, from: i * inputs, bits: indexBits(size + 1) }));
  /** Of each bit of a count the groups that have it. */
  const columns = Array.from({ length: indexBits(inputs + 1) }, (_, bit) =>
    groups.flatMap(({ bits }, i) => (bit < bits ? [i] : [])),
  );
  const depth = (size: number) => 2 ** (phaseBits + size);
  const memory = allParts([
    { register: phaseBits },
    ...groups.map(({ size, bits }): Parts => {
      const width = pe * bits;
      const small = phaseBits + size <= LUT_INPUTS;
      return small
        ? { lut: planes * width, register: planes * width }
        : { bram18: sharedBlockRams(width, depth(size)) };
    }),
  ]);
  const counts = (row: readonly bigint[], { size, from }: (typeof groups)[0]): number[] => {
    const counted = [0];
    for (const raw of row.slice(from, from + size)) {
      const former = [...counted];
      for (const [i, ones] of former.entries()) {
        counted[i] = ones + (raw < 0n ? 1 : 0);
        counted.push(ones + (raw < 0n ? 0 : 1));
      }
    }
    return counted;
  };
  return {
    ...{ format: { bits: 1, products: 1 }, shift: 1, latency: 1, memory },
    lanes: [{ heights: columns.map((own) => own.length), constant: -BigInt(simd), luts: 0 }],
    weights() {
      const rows = Array.from({ length: words }, (_, word) =>
        Array.from({ length: pe }, (_, lane) => laneWeights(weight, shape, word, lane)),
      );
      const all = groups.map((group) => {
        const { bits, size } = group;
        const entries = Array.from({ length: 2 ** phaseBits }, (_, word) => {
          const lanes = (rows[word] ?? (rows[0] as bigint[][])).map((row) => counts(row, group));
          return Array.from({ length: 2 ** size }, (_, i) =>
            wordOf(
              lanes.map((lane) => BigInt(lane[i] as number)),
              bits,
            ),
          );
        });
        return packed(pe * bits, entries.flat());
      });
      const phase = [`logic [${phaseBits - 1}:0] phase;`, "always_ff @(posedge clk) if (read) phase <= address;"];
      const memory = (table: string, i: number) => {
        const { from, size, bits } = groups[i] as (typeof groups)[0];
        const places = Array.from({ length: planes }, (_, plane) => {
          const x = `chunk[${plane * simd + from}+:${size}]`;
          return phaseBits > 0 ? `{phase, ${x}}` : x;
        });
        const numbers = { ports: planes, inputs: phaseBits + size, bits: pe * bits, table };
        const ports = { clk: "clk", step: "advance", index: `{${places.reverse().join(", ")}}`, y: `products_${i}` };
        return [
          `wire [${planes * pe * bits - 1}:0] products_${i};`,
          ...instance("table_memory", `memory_${i}`, numbers, ports),
        ];
      };
      return [...(phaseBits > 0 ? phase : []), ...all.flatMap(memory)];
    },
    bits(_name, _x, lane, plane) {
      const place = (bits: number, bit: number) => (plane * pe + lane) * bits + bit;
      const all = columns.flatMap((own, bit) => own.map((i) => `products_${i}[${place(groups[i]!.bits, bit)}]`));
      return { lines: [], bits: `{${all.reverse().join(", ")}}` };
    },
  };
}
