/**
 * Memories whose words can be loaded: in slices, each of which src/templates/rtl/weight_loader.sv writes in turn, so that what comes need
 * not be collected. They begin with the model's weights.
 */
import type { Parts } from "../cost.ts";
import { allParts, areaOf, bitsOf, blockRams, counter, inBlockRam, ram } from "../cost.ts";
import { firstWords, indexBits, instance } from "./verilog.ts";

/** Bits that come at a time. */
export const SLICE_BITS = 32;

export interface ReloadableMemory {
  readonly name: string;
  readonly width: number;
  readonly depth: number;
  words(): readonly bigint[];
}

/** Bits of each slice, the lowest first. */
const slicesOf = (width: number): number[] =>
  Array.from({ length: Math.ceil(width / SLICE_BITS) }, (_, i) => Math.min(SLICE_BITS, width - i * SLICE_BITS));

/** What is loaded: of each word the slices. */
export const sliced = ({ width, words }: ReloadableMemory): number[] =>
  words().flatMap((word) =>
    slicesOf(width).map((_, i) => Number(BigInt.asUintN(SLICE_BITS, word >> BigInt(i * SLICE_BITS)))),
  );

/** The memory, and its loader between the links `from` and `to` of the chain along which weights come. */
export function memoryLines(memory: ReloadableMemory, block: boolean, [from, to]: readonly [string, string]): string[] {
  const { name, width, depth } = memory;
  const slices = slicesOf(width);
  const words = memory.words();
  const port = (end: string, link: string) => ({
    [`${end}_data`]: `${link}_data`,
    [`${end}_valid`]: `${link}_valid`,
    [`${end}_last`]: `${link}_last`,
  });
  return [
    `wire [${slices.length - 1}:0] ${name}_write;`,
    `wire [${indexBits(depth) - 1}:0] ${name}_place;`,
    ...instance(
      "weight_loader",
      `load_${name}`,
      { slices: slices.length, depth },
      {
        ...{ clk: "clk", rst: "rst", ...port("in", from), ...port("out", to) },
        ...{ write: `${name}_write`, place: `${name}_place` },
      },
    ),
    ...slices.flatMap((bits, i) => [
      `(* ram_style = "${block ? "block" : "distributed"}" *) logic [${bits - 1}:0] ${name}_${i}[0:${depth - 1}];`,
      ...firstWords(
        `${name}_${i}`,
        bits,
        words.map((word) => word >> BigInt(i * SLICE_BITS)),
      ),
      `always_ff @(posedge clk) if (${name}_write[${i}]) ${name}_${i}[${name}_place] <= ${to}_data[${bits - 1}:0];`,
    ]),
  ];
}

/** The word at `index`. */
export const wordAt = ({ name, width }: ReloadableMemory, index: string): string =>
  `{${slicesOf(width)
    .map((_, i) => `${name}_${i}[${index}]`)
    .reverse()
    .join(", ")}}`;

export const linkWires = (link: string): string[] => [
  `wire [${SLICE_BITS - 1}:0] ${link}_data;`,
  `wire ${link}_valid, ${link}_last;`,
];

const distributed = (width: number, depth: number): Parts => allParts(slicesOf(width).map((bits) => ram(bits, depth)));
const blocks = (width: number, depth: number): number =>
  slicesOf(width).reduce((sum, bits) => sum + blockRams(bits, depth), 0);

/** Whether it is in block RAM. A single word is registers. */
export const reloadableInBlockRam = (width: number, depth: number, scarceLuts = false): boolean =>
  depth > 1 && inBlockRam(areaOf(distributed(width, depth)).lut, blocks(width, depth), scarceLuts);

/** The memory, the register behind it, its loader, and the address that was read last. */
export function reloadableParts(width: number, depth: number, scarceLuts?: boolean): Parts {
  const former = { register: bitsOf(depth), select: bitsOf(depth) };
  return allParts([loaderParts(width, depth), memoryParts(width, depth, scarceLuts), former]);
}

function memoryParts(width: number, depth: number, scarceLuts?: boolean): Parts {
  if (depth === 1) return { register: width };
  if (reloadableInBlockRam(width, depth, scarceLuts)) return { bram18: blocks(width, depth) };
  return allParts([distributed(width, depth), { register: width }]);
}

export function loaderParts(width: number, depth: number): Parts {
  const slices = Math.ceil(width / SLICE_BITS);
  const control = { register: SLICE_BITS + 3 + slices + bitsOf(depth), lut: 3 + slices };
  return allParts([control, counter(slices), counter(depth)]);
}
