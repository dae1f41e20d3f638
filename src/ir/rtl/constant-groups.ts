/** How products with constant weights (constant-terms.ts) are put together in sums that are functions of few bits. */
import { greatest, least } from "../extremes.ts";
import type { Element } from "./terms.ts";

/** Sums of some products each: functions of some bits of the chunk. */
export interface Group {
  readonly name: string;
  readonly count: number;
  readonly inputs: number;
  /** The bits of the chunk that sum `i` is a function of, the lowest first. */
  bits(i: number): number[];
  /** Sum `i` with the weights of a chunk where those bits are the number `index`; it counts times 2^place. */
  sum(weights: readonly bigint[], i: number, index: number): bigint;
  readonly place: number;
  /** What a sum is between. */
  readonly least: bigint;
  readonly most: bigint;
}

/** What a chunk consists of: elements of so many bits that stand for so many products each. */
export interface ChunkFormat {
  readonly bits: number;
  readonly products: number;
  /** Most bits of a level code where there are such. */
  readonly codeBits?: number;
}

export interface Grouping {
  readonly format: ChunkFormat;
  readonly groups: readonly Group[];
}

interface Scope {
  readonly simd: number;
  readonly element: Element;
  /** Least and largest weight. */
  readonly range: readonly [bigint, bigint];
}

/** `inputs` products at a time, of one bit of the elements. */
export function productGroups({ simd, element, range }: Scope, inputs: number): Grouping {
  const [count, rest] = [Math.floor(simd / inputs), simd % inputs];
  const parts = [
    ...(count > 0 ? [{ name: "sums", from: 0, count, inputs }] : []),
    ...(rest > 0 ? [{ name: "rest", from: simd - rest, count: 1, inputs: rest }] : []),
  ];
  const groups = Array.from({ length: element.bits }, (_, place) => {
    // How often a weight counts where the bit is 0, and where it is 1.
    const zero = element.kind === "bipolar" ? -1n : 0n;
    const one = element.kind === "signed" && place === element.bits - 1 ? -1n : 1n;
    const products = range.flatMap((raw) => [raw * zero, raw * one]);
    return parts.map(({ name, from, ...sizes }): Group => {
      const product = (i: number, k: number) => from + i * sizes.inputs + k;
      return {
        ...{ ...sizes, name: `${name}_${place}`, place },
        least: least(products) * BigInt(sizes.inputs),
        most: greatest(products) * BigInt(sizes.inputs),
        bits: (i) => Array.from({ length: sizes.inputs }, (_, k) => product(i, k) * element.bits + place),
        sum: (weights, i, index) =>
          weights
            .slice(product(i, 0), product(i, sizes.inputs))
            .reduce((sum, raw, k) => sum + raw * ((index >> k) & 1 ? one : zero), 0n),
      };
    });
  }).flat();
  return { format: { bits: element.bits, products: 1 }, groups };
}

/** Levels `from` to before `from + size` of a thermometer code: how many of them are reached, in the bits from `offset` on. */
interface LevelCode {
  readonly from: number;
  readonly size: number;
  readonly offset: number;
  readonly bits: number;
}

/** As src/templates/rtl/level_codes.sv. */
function levelCodes(levels: number, codeBits: number): LevelCode[] {
  const most = 2 ** codeBits - 1;
  return Array.from({ length: Math.ceil(levels / most) }, (_, code) => {
    const size = Math.min(most, levels - code * most);
    return { from: code * most, size, offset: code * codeBits, bits: size.toString(2).length };
  });
}

/** The codes of a number that reaches all levels. */
export const fullCodes = (levels: number, codeBits: number): bigint =>
  levelCodes(levels, codeBits).reduce((all, { size, offset }) => all | (BigInt(size) << BigInt(offset)), 0n);

/** All products with the levels of a code at a time. */
export function levelGroups({ simd, range }: Scope, levels: number, codeBits: number): Grouping {
  const codes = levelCodes(levels, codeBits);
  const { offset, bits } = codes.at(-1) as LevelCode;
  const format = { bits: offset + bits, products: levels, codeBits };
  const largest = greatest(range.map((raw) => (raw < 0n ? -raw : raw)));
  const groups = codes.map(
    (code, number): Group => ({
      ...{ name: `code_${number}`, count: simd / levels, inputs: code.bits, place: 0 },
      ...{ least: -largest * BigInt(code.size), most: largest * BigInt(code.size) },
      bits: (i) => Array.from({ length: code.bits }, (_, k) => i * format.bits + code.offset + k),
      sum: (weights, i, index) =>
        weights
          .slice(i * levels + code.from, i * levels + code.from + code.size)
          .reduce((sum, raw, level) => sum + (level < index ? raw : -raw), 0n),
    }),
  );
  return { format, groups };
}
