/**
 * Which bits of a pipeline's signals are read, and how many registers after logic gave them. What nobody reads is no register; three or more
 * in a row of which only the last one is read are a shift register (SRL), as Yosys makes them.
 */
import type { Parts } from "../cost.ts";
import type { Signal } from "./pipeline.ts";

/** Shorter delays are registers; a LUT delays a bit by up to so many cycles. */
const LEAST_SRL = 3;
const MOST_SRL = 32;

/** A bit that logic gave `age` registers before; `reads` are the ages at which it is read. */
interface Bit {
  readonly reads: number[];
  readonly age: number;
}

/** Constant bits are undefined. */
type Bits = readonly (Bit | undefined)[];

/** Bits of a signal that are those of another one, from the lowest on, `up` places higher, and so many registers later. */
export interface Copied {
  readonly of: Signal;
  readonly up?: number;
  readonly later?: number;
}

export class BitReads {
  private readonly bits = new Map<string, Bits>();
  private readonly reads: number[][] = [];

  /** A signal `age` registers behind logic, but for its `count` lowest bits, which are copied. */
  add(signal: Signal, age: number, copied?: Copied, count = signal.width): void {
    const known = copied ? this.copies(copied, count) : [];
    const told = signal.places && new Set(signal.places.map(({ bit }) => bit));
    const bits = [...known];
    for (let bit = known.length; bit < signal.width; bit++)
      bits.push(!told || told.has(bit) ? this.computed(age) : bits[bit - 1]);
    this.bits.set(signal.name, bits);
  }

  /** Bits from the place `from` on are read so many registers after the signal. */
  read(signal: Signal, later: number, from: number, count: number): void {
    for (const bit of this.bitsOf(signal).slice(from, from + count)) bit?.reads.push(bit.age + later);
  }

  /** Registers, and LUTs that are shift registers. */
  get parts(): Parts {
    const all = { lut: 0, register: 0 };
    for (const reads of this.reads) {
      let last = 0;
      for (const age of reads.sort((a, b) => a - b)) {
        if (age - last < LEAST_SRL) all.register += age - last;
        else all.lut += Math.ceil((age - last) / MOST_SRL);
        last = age;
      }
    }
    return all;
  }

  private computed(age: number): Bit {
    const reads: number[] = [];
    this.reads.push(reads);
    return { reads, age };
  }

  private copies({ of, up = 0, later = 0 }: Copied, count: number): Bits {
    const bits = this.bitsOf(of);
    const above = of.signed ? bits.at(-1) : undefined;
    return Array.from({ length: count }, (_, i) => {
      const bit = i - up < bits.length ? bits[i - up] : above;
      return bit && { reads: bit.reads, age: bit.age + later };
    });
  }

  /** A signal that nobody declared comes from outside. */
  private bitsOf(signal: Signal): Bits {
    if (signal.literal) return [];
    if (!this.bits.has(signal.name)) this.add(signal, 0);
    return this.bits.get(signal.name) as Bits;
  }
}
