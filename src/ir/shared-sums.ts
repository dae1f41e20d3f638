/**
 * Many sums of constant multiples of the same inputs, as rows of shifted inputs to be added up, where what several sums have in common is
 * added up once: greedily the pair of rows `first ± second * 2^shift` that saves most in all sums becomes an input of its own, until none
 * saves anything. So do Hosangadi, Fallah and Kastner (ASP-DAC 2005), Aksoy et al., and da4ml (arXiv 2507.04535).
 */
import { signedDigits } from "./signed-digits.ts";

/** sign * source * 2^shift. Sources are the inputs, then the shared sums. */
export interface Row {
  readonly source: number;
  readonly shift: number;
  readonly sign: 1 | -1;
}

/** first + sign * second * 2^shift. */
export interface SharedSum {
  readonly first: number;
  readonly second: number;
  readonly shift: number;
  readonly sign: 1 | -1;
}

export interface SharedSums {
  readonly shared: readonly SharedSum[];
  /** Of each output the rows that it is the sum of. */
  readonly outputs: readonly (readonly Row[])[];
}

/** Rows of constant multiples, by their canonical signed digits. */
export const rowsOf = (factors: readonly bigint[]): Row[] =>
  factors.flatMap((factor, source) => signedDigits(factor).map((digit) => ({ source, ...digit })));

/** Looking at more pairs of rows takes long. */
const MOST_PAIRS = 2 ** 19;

/** Of outputs with so many rows. */
export const tooMany = (rows: readonly number[]): boolean =>
  rows.reduce((pairs, count) => pairs + count ** 2 / 2, 0) > MOST_PAIRS;

/** Bits of two rows and of their sum, the lowest of which the first one just passes on. */
export interface SumBits {
  readonly first: number;
  readonly second: number;
  readonly sum: number;
  readonly passed: number;
}

/** LUTs that a sum saves which stands in so many places. */
export type Saving = (count: number, bits: SumBits) => number;

export interface Sharing {
  readonly saving: Saving;
  /** Of shared sums; a sum of sums of sums has a depth of 3. */
  readonly mostDepth: number;
}

/** Shared sums of inputs of so many bits. */
export function shareSums(outputs: readonly (readonly Row[])[], bits: readonly number[], sharing: Sharing): SharedSums {
  const search = new Search(outputs, bits, sharing);
  while (search.shareBest());
  return { shared: search.shared, outputs: search.outputs.map((rows) => [...rows.values()]) };
}

/** A shared sum as a number. */
const SOURCES = 2 ** 20;
const SHIFTS = 128;

const keyOf = ({ first, second, shift, sign }: SharedSum): number =>
  ((first * SOURCES + second) * SHIFTS + shift) * 2 + (sign < 0 ? 1 : 0);

function sharedSum(key: number): SharedSum {
  const [pair, place] = [Math.floor(key / (2 * SHIFTS)), key % (2 * SHIFTS)];
  const sign = place % 2 === 0 ? 1 : -1;
  return { first: Math.floor(pair / SOURCES), second: pair % SOURCES, shift: place >> 1, sign };
}

/** Two rows as a multiple of one sum: the lower row is the first. */
function pairOf(a: Row, b: Row): number {
  const lower = a.shift < b.shift || (a.shift === b.shift && a.source < b.source);
  const [first, second] = lower ? [a, b] : [b, a];
  return keyOf({
    ...{ first: first.source, second: second.source, shift: second.shift - first.shift },
    sign: first.sign === second.sign ? 1 : -1,
  });
}

/** Rows of an output by source and shift. */
type Rows = Map<number, Row>;
const placeOf = (source: number, shift: number): number => source * SHIFTS + shift;

class Search {
  readonly shared: SharedSum[] = [];
  readonly outputs: readonly Rows[];
  private readonly bits: number[];
  private readonly depths: number[];
  private readonly sharing: Sharing;
  /** How often each pair stands in the outputs. */
  private readonly counts = new Map<number, number>();
  /** What each pair saves, of those that save anything. */
  private readonly savings = new Map<number, number>();

  constructor(outputs: readonly (readonly Row[])[], bits: readonly number[], sharing: Sharing) {
    this.bits = [...bits];
    this.depths = bits.map(() => 0);
    this.sharing = sharing;
    this.outputs = outputs.map(() => new Map());
    for (const [i, rows] of outputs.entries()) for (const row of rows) this.add(this.outputs[i] as Rows, row);
  }

  /** False where nothing is left to share. */
  shareBest(): boolean {
    let [best, most] = [-1, 0];
    for (const [key, saved] of this.savings) if (saved > most) [best, most] = [key, saved];
    if (best < 0) return false;
    const sum = sharedSum(best);
    const found = this.outputs.map((rows) => pairsOf(rows, sum));
    const count = found.reduce((all, pairs) => all + pairs.length, 0);
    // Pairs of rows of one source may overlap.
    if (this.worth(sum, count) <= 0) this.savings.delete(best);
    else this.share(sum, found);
    return true;
  }

  private share(sum: SharedSum, found: readonly (readonly (readonly [Row, Row])[])[]): void {
    const source = this.bits.length;
    this.bits.push(this.sumBits(sum));
    this.depths.push(this.depthOf(sum));
    this.shared.push(sum);
    for (const [i, pairs] of found.entries())
      for (const [first, second] of pairs) {
        const rows = this.outputs[i] as Rows;
        this.remove(rows, first);
        this.remove(rows, second);
        this.add(rows, { ...first, source });
      }
  }

  private add(rows: Rows, row: Row): void {
    for (const other of rows.values()) this.count(pairOf(row, other), 1);
    rows.set(placeOf(row.source, row.shift), row);
  }

  private remove(rows: Rows, row: Row): void {
    rows.delete(placeOf(row.source, row.shift));
    for (const other of rows.values()) this.count(pairOf(row, other), -1);
  }

  private count(key: number, change: number): void {
    const count = (this.counts.get(key) ?? 0) + change;
    this.counts.set(key, count);
    // What stands in one place is not shared.
    const saved = count < 2 ? 0 : this.worth(sharedSum(key), count);
    if (saved > 0) this.savings.set(key, saved);
    else this.savings.delete(key);
  }

  private worth(sum: SharedSum, count: number): number {
    if (this.depthOf(sum) > this.sharing.mostDepth) return 0;
    const [first, second] = [this.bits[sum.first] as number, this.bits[sum.second] as number];
    return this.sharing.saving(count, { first, second, sum: this.sumBits(sum), passed: sum.shift });
  }

  private sumBits({ first, second, shift }: SharedSum): number {
    return Math.max(this.bits[first] as number, (this.bits[second] as number) + shift) + 1;
  }

  private depthOf({ first, second }: SharedSum): number {
    return Math.max(this.depths[first] as number, this.depths[second] as number) + 1;
  }
}

/** Pairs of rows that are multiples of the sum, none of them in two pairs. */
function pairsOf(rows: Rows, { first, second, shift, sign }: SharedSum): (readonly [Row, Row])[] {
  const taken = new Set<Row>();
  return [...rows.values()].flatMap((row) => {
    if (row.source !== first || taken.has(row)) return [];
    const other = rows.get(placeOf(second, row.shift + shift));
    if (!other || other === row || taken.has(other) || other.sign !== row.sign * sign) return [];
    taken.add(row).add(other);
    return [[row, other] as const];
  });
}
