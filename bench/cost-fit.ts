/**
 * Prices that fit measurements: non-negative least squares of the relative errors, by coordinate descent. Stages have much the same parts
 * together, so a price that changes costs something, too.
 */
import type { Part } from "../src/ir/cost.ts";
import { PRICES } from "../src/ir/prices.ts";
import type { Sample } from "./cost.ts";

type Prices = Record<Part, { lut: number; ff: number }>;

/** Parts whose price is known: a LUT is a LUT, a bit that waits is a flip-flop, one of two bits takes a LUT. */
const KNOWN: readonly Part[] = ["lut", "register", "ram", "select"];
const ROUNDS = 2000;
/** Stages are weighted as if they had so many LUTs or flip-flops more, so that the smallest do not decide. */
const LEAST = 40;
/** A price that doubles costs as much as a stage that is off by this share. */
const INERTIA = 0.5;

export function fitPrices(samples: readonly Sample[]): Prices {
  const prices = structuredClone(PRICES) as Prices;
  for (const resource of ["lut", "ff"] as const) {
    const names = (Object.keys(PRICES) as Part[]).filter((name) => !KNOWN.includes(name));
    const rows = samples.map(({ parts, used }) => {
      const weight = 1 / (used[resource] + LEAST);
      const known = KNOWN.reduce((sum, name) => sum + (parts[name] ?? 0) * PRICES[name][resource], 0);
      return { counts: names.map((name) => weight * (parts[name] ?? 0)), rest: weight * (used[resource] - known) };
    });
    const former = names.map((name) => PRICES[name][resource]);
    const inertia = former.flatMap((price, i) =>
      price > 0 ? [{ counts: former.map((_, j) => (i === j ? INERTIA / price : 0)), rest: INERTIA }] : [],
    );
    const fitted = leastSquares([...rows, ...inertia], former);
    for (const [i, name] of names.entries()) prices[name][resource] = fitted[i] as number;
  }
  return prices;
}

interface Row {
  readonly counts: readonly number[];
  readonly rest: number;
}

/** x >= 0 for which the sum of (counts * x - rest)^2 is least; a part that no row has keeps its price. */
function leastSquares(rows: readonly Row[], start: readonly number[]): number[] {
  const x = [...start];
  const errors = rows.map(({ counts, rest }) =>
    counts.reduce((sum, count, i) => sum + count * (x[i] as number), -rest),
  );
  for (let round = 0; round < ROUNDS; round++)
    for (let i = 0; i < x.length; i++) {
      let [slope, curve] = [0, 0];
      for (const [r, { counts }] of rows.entries()) {
        slope += (counts[i] as number) * (errors[r] as number);
        curve += (counts[i] as number) ** 2;
      }
      if (curve === 0) continue;
      const next = Math.max(0, (x[i] as number) - slope / curve);
      const change = next - (x[i] as number);
      x[i] = next;
      for (const [r, { counts }] of rows.entries()) errors[r] = (errors[r] as number) + change * (counts[i] as number);
    }
  return x;
}

/** As src/ir/prices.ts has them. */
export const pricesText = (prices: Prices): string =>
  Object.entries(prices)
    .map(
      ([name, { lut, ff }]) => `  ${name}: { lut: ${Number(lut.toPrecision(3))}, ff: ${Number(ff.toPrecision(3))} },`,
    )
    .join("\n");
