/** What nothing else is better than. */
import type { Cost } from "../ir/layer.ts";

/** The items that no other one beats or equals in everything; of equal ones the first. In the order of their LUTs. */
export function undominated<T>(items: readonly T[], costOf: (item: T) => Cost): T[] {
  const entries = items.map((item) => ({ item, cost: costOf(item) }));
  // What beats an item takes no more LUTs, so it stands before.
  entries.sort(
    ({ cost: a }, { cost: b }) => a.lut - b.lut || a.cycles - b.cycles || a.ff - b.ff || a.bram18 - b.bram18,
  );
  const kept: typeof entries = [];
  for (const entry of entries) if (!kept.some(({ cost }) => takesNoMore(cost, entry.cost))) kept.push(entry);
  return kept.map(({ item }) => item);
}

const takesNoMore = (a: Cost, b: Cost): boolean =>
  a.lut <= b.lut && a.cycles <= b.cycles && a.ff <= b.ff && a.bram18 <= b.bram18 && a.dsp <= b.dsp;

/** The same items, those with the lowest key first; prices may be infinite. */
export function sortedBy<T>(items: readonly T[], keyOf: (item: T) => number): T[] {
  const entries = items.map((item) => ({ item, key: keyOf(item) }));
  return entries.sort(({ key: a }, { key: b }) => (a < b ? -1 : a > b ? 1 : 0)).map(({ item }) => item);
}
