/**
 * Plans how to add up many bits of different weights with few LUTs: generalized parallel counters on pairs of LUT6_2 in a carry
 * chain (src/templates/rtl/counter_atom.sv), layer after layer with registers between, until three rows are left, which one adder
 * adds up (src/templates/rtl/add_three.sv).
 *
 * An atom takes six bits of weight 1 and the carry below it, and gives bits of weight 1 and 2 and a carry of weight 4: so the next atom
 * of its chain takes bits of weight 4. Two LUTs make seven bits three: a bit costs about half a LUT, as in the last adder.
 */

/** Bits that there are of each weight 2^i. */
export type Heights = readonly number[];

/** Bits of the lower weight that an atom takes, and of the weight above: 6 and 0, 4 and 1, or 2 and 2 at most. */
export interface Atom {
  readonly low: number;
  readonly high: number;
}

/** Atoms at the weights 2^column, 2^(column + 2), ..., in one CARRY8. */
export interface Chain {
  readonly column: number;
  /** Whether another bit of the first atom's weight goes in as the carry. */
  readonly carry: boolean;
  readonly atoms: readonly Atom[];
}

export interface Compressor {
  readonly heights: Heights;
  /** What is counted before each row of registers; all other bits pass. */
  readonly layers: readonly (readonly Chain[])[];
  /** Of the sum. */
  readonly width: number;
  readonly luts: number;
  readonly registers: number;
}

const MOST_ATOMS = 4;
const MOST_LAYERS = 6;
/** Of more bits each layer is as full as it can be: there is little to choose, and it would take long. */
const SEARCHED_BITS = 600;
/** A register costs less than a LUT: there are twice as many, and one comes with each. */
const REGISTER_PRICE = 0.25;

/** Bits of a sum of so many bits. */
export function sumBits(heights: Heights): number {
  const most = heights.reduce((sum, height, column) => sum + BigInt(height) * (1n << BigInt(column)), 0n);
  return most === 0n ? 1 : most.toString(2).length;
}

/** Cycles from the bits to their sum. */
export const compressorLatency = (heights: Heights): number => compressor(heights).layers.length + 1;

const known = new Map<string, Compressor>();

/** The cheapest that was found. */
export function compressor(heights: Heights): Compressor {
  const key = heights.join();
  const found = known.get(key) ?? search(heights);
  known.set(key, found);
  return found;
}

/** Tries for each layer how full an atom must be at least. `first`: layers before there were few enough bits to search. */
function search(heights: Heights): Compressor {
  let best: Compressor | undefined;
  const visit = (
    now: Heights,
    layers: readonly (readonly Chain[])[],
    luts: number,
    registers: number,
    first: number,
  ): void => {
    if (canFinish(now)) {
      const width = sumBits(heights);
      const found = { heights, layers, width, luts: luts + lastLuts(now), registers: registers + width };
      if (!best || price(found) < price(best)) best = found;
      return;
    }
    const searched = total(now) <= SEARCHED_BITS;
    if (layers.length === first + MOST_LAYERS) return;
    const seen = new Set<string>();
    for (const least of [6, 5, 4, 3, 2]) {
      const chains = layerOf(now, least);
      const next = after(now, chains);
      if (chains.length === 0 || seen.has(next.join())) continue;
      seen.add(next.join());
      visit(next, [...layers, chains], luts + chainLuts(chains), registers + total(next), searched ? first : first + 1);
      if (!searched) return;
    }
  };
  visit(heights, [], 0, 0, 0);
  if (!best) throw new Error(`internal error: no way to add up ${heights.join()} bits`);
  return best;
}

const price = ({ luts, registers }: Compressor): number => luts + REGISTER_PRICE * registers;
const total = (heights: Heights): number => heights.reduce((sum, height) => sum + height, 0);
const chainLuts = (chains: readonly Chain[]): number => 2 * total(chains.map(({ atoms }) => atoms.length));

/** Three rows, and another bit of weight 1 as the carry. */
const canFinish = (heights: Heights): boolean => heights.every((height, column) => height <= (column === 0 ? 4 : 3));

/** A LUT for each bit from the lowest that has more than one on. */
function lastLuts(heights: Heights): number {
  const first = heights.findIndex((height) => height > 1);
  return first < 0 ? 0 : sumBits(heights) - first;
}

/** Chains from the lowest weight on, as long as there are atoms with at least so many bits. */
function layerOf(heights: Heights, least: number): Chain[] {
  const left = [...heights];
  const chains: Chain[] = [];
  for (let column = 0; column < heights.length; column++) {
    while (worth(left, column, least)) {
      const atoms: Atom[] = [];
      for (let at = column; atoms.length < MOST_ATOMS && (atoms.length === 0 || worth(left, at, least)); at += 2)
        atoms.push(takeAtom(left, at));
      const carry = (left[column] ?? 0) > 0;
      if (carry) left[column] = (left[column] as number) - 1;
      chains.push({ column, carry, atoms });
    }
  }
  return chains;
}

const worth = (left: Heights, column: number, least: number): boolean => {
  const { low, high } = fitting(left[column] ?? 0, left[column + 1] ?? 0);
  return low + high >= least && low >= 2;
};

function fitting(low: number, high: number): Atom {
  if (low >= 5) return { low: Math.min(low, 6), high: 0 };
  if (low >= 3) return { low, high: Math.min(high, 1) };
  return { low, high: Math.min(high, 2) };
}

function takeAtom(left: number[], column: number): Atom {
  const atom = fitting(left[column] ?? 0, left[column + 1] ?? 0);
  left[column] = (left[column] as number) - atom.low;
  if (atom.high > 0) left[column + 1] = (left[column + 1] as number) - atom.high;
  return atom;
}

/** What a layer leaves. */
export function after(heights: Heights, chains: readonly Chain[]): number[] {
  const next = [...heights];
  const add = (column: number, count: number) => {
    next[column] = (next[column] ?? 0) + count;
  };
  for (const { column, carry, atoms } of chains) {
    if (carry) add(column, -1);
    for (const [i, { low, high }] of atoms.entries()) {
      add(column + 2 * i, 1 - low);
      add(column + 2 * i + 1, 1 - high);
    }
    add(column + 2 * atoms.length, 1);
  }
  return Array.from(next, (height) => height ?? 0);
}
