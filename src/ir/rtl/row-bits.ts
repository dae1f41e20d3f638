/** Bits that a lane's compressor adds up, some of which count inverted. */
import { plainPlaces } from "./compressor-module.ts";

export interface RowBit {
  readonly name: string;
  readonly inverted: boolean;
}

/** For each weight 2^i the bits, with those that count inverted where LUTs of the compressor take them, as far as there are such places. */
export class RowBits {
  readonly heights: readonly number[];
  /** Inverted bits that no LUT of the compressor takes. */
  readonly apart: readonly string[];
  /** From the lowest weight on. */
  private readonly all: readonly RowBit[];

  constructor(columns: readonly (readonly RowBit[])[]) {
    this.heights = columns.map(({ length }) => length);
    const plain = plainPlaces(this.heights);
    this.all = arranged(columns, plain);
    this.apart = this.all.filter(({ inverted }, place) => inverted && plain.has(place)).map(({ name }) => name);
  }

  /** As Terms.bits gives them. */
  text(): { lines: string[]; bits: string; inverted: string } {
    const highestFirst = [...this.all].reverse();
    return {
      lines: [],
      bits: `{${highestFirst.map(({ name }) => name).join(", ")}}`,
      inverted: `${highestFirst.length}'b${highestFirst.map(({ inverted }) => (inverted ? 1 : 0)).join("")}`,
    };
  }
}

function arranged(columns: readonly (readonly RowBit[])[], plain: ReadonlySet<number>): RowBit[] {
  let place = 0;
  return columns.flatMap((column) => {
    const [upright, inverted] = [false, true].map((which) => column.filter((bit) => bit.inverted === which));
    return column.map(() => {
      const [wanted, other] = plain.has(place++) ? [upright, inverted] : [inverted, upright];
      return (wanted?.shift() ?? other?.shift()) as RowBit;
    });
  });
}
