/** Sums of constant multiples as adders: what several sums have in common first, then the rows of each sum. */
import type { Row, Saving, SharedSum } from "../shared-sums.ts";
import { shareSums, tooMany } from "../shared-sums.ts";

/** All values that there can be. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** Inputs and adders are sources, in this order. */
export interface Adders {
  readonly adders: readonly (SharedSum & Interval)[];
  /** What each sum is a multiple of; undefined for 0. */
  readonly sums: readonly (Row | undefined)[];
}

/**
 * All places but one do without the adder. Counted, as da4ml does, in bits that both rows have: sums of rows of about the same place leave
 * the smaller adders to the others.
 */
const ADDED: Saving = (count, { first, second, passed }) => (count - 1) * Math.max(0, Math.min(first - passed, second));

/** Undefined where the search would take long. */
export function addersOf(outputs: readonly (readonly Row[])[], inputs: readonly Interval[]): Adders | undefined {
  if (tooMany(outputs.map(({ length }) => length))) return undefined;
  const { shared, outputs: left } = shareSums(outputs, inputs.map(bitsOf), { saving: ADDED, mostDepth: Infinity });
  const adders = new AdderList(inputs);
  for (const sum of shared) adders.add(sum);
  return { sums: left.map((rows) => adders.sumOf(rows)), adders: adders.list };
}

const bitsOf = ({ low, high }: Interval): number => (high - low).toString(2).length;

class AdderList {
  readonly list: (SharedSum & Interval)[] = [];
  private readonly sources: Interval[];

  constructor(inputs: readonly Interval[]) {
    this.sources = [...inputs];
  }

  /** The number of the source that it is. */
  add(sum: SharedSum): number {
    const [first, second] = [this.sources[sum.first] as Interval, this.sources[sum.second] as Interval];
    const [least, most] = sum.sign < 0 ? [-second.high, -second.low] : [second.low, second.high];
    const [low, high] = [least, most].map((bound) => bound << BigInt(sum.shift)) as [bigint, bigint];
    const adder = { ...sum, low: first.low + low, high: first.high + high };
    this.list.push(adder);
    return this.sources.push(adder) - 1;
  }

  /** Side by side, and neighbours of about the same bits. */
  sumOf(rows: readonly Row[]): Row | undefined {
    let level = [...rows].sort((a, b) => this.topOf(a) - this.topOf(b));
    while (level.length > 1) level = level.flatMap((row, i) => (i % 2 === 0 ? [this.pairOf(row, level[i + 1])] : []));
    return level[0];
  }

  private topOf({ source, shift }: Row): number {
    return shift + bitsOf(this.sources[source] as Interval);
  }

  private pairOf(a: Row, b: Row | undefined): Row {
    if (!b) return a;
    const [first, second] = a.shift <= b.shift ? [a, b] : [b, a];
    const place = { shift: second.shift - first.shift, sign: first.sign === second.sign ? 1 : -1 } as const;
    return { ...first, source: this.add({ first: first.source, second: second.source, ...place }) };
  }
}
