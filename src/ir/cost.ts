/** What stages are made of, and what that takes of a device: the SystemVerilog back end's stages, as Yosys counts them. */
import { bitWidth } from "./data-type.ts";
import type { Hardware } from "./hardware.ts";
import type { Cost, Folding } from "./layer.ts";
import type { Parameter } from "./parameter.ts";
import { PRICES } from "./prices.ts";

/** What a stage takes, without its cycles. */
export type Area = Omit<Cost, "cycles">;

export type Part = keyof typeof PRICES;

/** Pieces of each part that a stage has. */
export type Parts = Readonly<Partial<Record<Part | "bram18", number>>>;

export function allParts(lists: readonly Parts[]): Parts {
  const all: Partial<Record<keyof Parts, number>> = {};
  for (const parts of lists)
    for (const name in parts) {
      const part = name as keyof Parts;
      all[part] = (all[part] ?? 0) + (parts[part] ?? 0);
    }
  return all;
}

export function times(count: number, parts: Parts): Parts {
  const all: Partial<Record<keyof Parts, number>> = {};
  for (const name in parts) all[name as keyof Parts] = count * (parts[name as keyof Parts] ?? 0);
  return all;
}

export function areaOf(parts: Parts): Area {
  const area = { lut: 0, ff: 0, bram18: parts.bram18 ?? 0, dsp: 0 };
  for (const name in parts) {
    if (name === "bram18") continue;
    const [count, price] = [parts[name as Part] ?? 0, PRICES[name as Part]];
    area.lut += count * price.lut;
    area.ff += count * price.ff;
  }
  return area;
}

export const costOf = (hardware: Hardware, folding: Folding): Cost => ({
  cycles: hardware.cycles(folding),
  ...areaOf(hardware.parts(folding)),
});

export function totalArea(areas: readonly Area[]): Area {
  const total = { lut: 0, ff: 0, bram18: 0, dsp: 0 };
  for (const { lut, ff, bram18, dsp } of areas) {
    total.lut += lut;
    total.ff += ff;
    total.bram18 += bram18;
    total.dsp += dsp;
  }
  return total;
}

/** LUTs that a BRAM18 saves where it is taken: as Yosys takes it, and where LUTs are scarcer. */
const LUT_PER_BRAM18 = { usual: 129, scarce: 16 };

/** A memory of `luts` or of block RAM. */
export const inBlockRam = (luts: number, bram18: number, scarceLuts = false): boolean =>
  luts > bram18 * (scarceLuts ? LUT_PER_BRAM18.scarce : LUT_PER_BRAM18.usual);

/** A ROM of `words` words of `bits` bits, one read per cycle. */
export function rom(bits: number, words: number, scarceLuts = false): Parts {
  if (words <= 1) return {};
  if (romInBlockRam(bits, words, scarceLuts)) return { bram18: blockRams(bits, words) };
  const distinct = distinctBits(bits, words);
  return { rom: distinct * Math.ceil(words / 64), register: distinct };
}

export const romInBlockRam = (bits: number, words: number, scarceLuts = false): boolean =>
  words > 1 && inBlockRam(distinctBits(bits, words) * Math.ceil(words / 64), blockRams(bits, words), scarceLuts);

/** BRAM18 of 512 words of 36 bits, 1,024 of 18, 2,048 of 9 or more of fewer. */
export const blockRams = (bits: number, words: number): number =>
  Math.min(...[36, 18, 9, 4, 2, 1].map((width, i) => Math.ceil(bits / width) * Math.ceil(words / (512 << i))));

/** BRAM18 of a memory that is read in two places at once. */
export const sharedBlockRams = (bits: number, words: number): number =>
  Math.min(...[18, 9, 4, 2, 1].map((width, i) => Math.ceil(bits / width) * Math.ceil(words / (1024 << i))));

/** Bits of a ROM of arbitrary bits that differ from each other: of few words many are the same function of the address. */
export function distinctBits(bits: number, words: number): number {
  const functions = 2 ** words;
  return words > 30 ? bits : functions * (1 - (1 - 1 / functions) ** bits);
}

/** Fewer bits are registers. */
const LEAST_RAM = 18;

/** A memory that is written and read in the same cycle, in LUTs: eight of them hold 14 bits of 32 words, or 7 bits of 64. */
export function ram(bits: number, words: number): Parts {
  if (bits * words < LEAST_RAM) return { register: bits * words, select: bits * words };
  if (words <= 32) return { ram: 8 * Math.ceil(bits / 14) };
  const rows = Math.ceil(words / 64);
  return { ram: 8 * rows * Math.ceil(bits / 7), select: bits * choiceLuts(rows) };
}

/** LUTs of a bit that is one of so many: each adds three to choose from. */
export const choiceLuts = (count: number): number => Math.ceil((count - 1) / 3);

/** Bits of a number from 0 to count - 1. */
export const bitsOf = (count: number): number => Math.ceil(Math.log2(count));

/** A counter from 0 to count - 1; nothing for a single step. */
export const counter = (count: number): Parts => (count > 1 ? { counter: bitsOf(count) } : {});

/** Bits of one element of the tensor as a ROM holds it. */
export function storedBits({ encoding, type, table }: Parameter): number {
  if (encoding === "ternary") return 2;
  return table ? Math.max(1, Math.ceil(Math.log2(table.length))) : bitWidth(type);
}
