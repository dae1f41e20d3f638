/** `result.transaction.rpt` (also named `.performance.result.transaction.xml`, though it is no XML): cycles of every call (VENDOR.md §1.3). */
import { z } from "zod";
import { withPerformance } from "../../report/compose.ts";
import { numberOr } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";

/** The last transaction has no next one, so its interval is `x`. */
const cycles = z.union([z.number(), z.literal("x")]).nullable();

const schema = z.strictObject({
  transactions: z.array(z.strictObject({ latency: cycles, interval: cycles })).nullable(),
});

const ROW = /^\s*transaction\s+\d+:\s*(\S+)\s+(\S+)\s*$/;

export const transactionRpt = defineKind({
  kind: "hls_transaction_rpt",
  tool: "HLS",
  schema,
  wanted: ["transactions"],
  recognise: (opening) =>
    /^\s*latency\s+interval\s*$/m.test(opening.slice(0, 256)) || ROW.test(opening.split("\n")[0] ?? ""),
  read(source) {
    const text = source.text();
    // The list is whole when it ends with `x`, even where the line feed behind it was lost.
    const lines = /\sx\s*$/.test(text) ? text.split("\n") : wholeLines(text);
    const transactions = lines.flatMap((line) => {
      const [, latency, interval] = ROW.exec(line) ?? [];
      return latency === undefined ? [] : [{ latency: numberOr(["x"], latency), interval: numberOr(["x"], interval) }];
    });
    const missing = transactions.at(-1)?.interval === "x" ? [] : ["the last transaction"];
    const values = { transactions: transactions.length > 0 ? transactions : null };
    return { toolVersion: null, device: null, values, missing };
  },
  fold: (report, { transactions }) =>
    withPerformance(report, {
      by: "measured",
      latencyCycles: rangeOfAll(transactions?.map((transaction) => transaction.latency)),
      intervalCycles: rangeOfAll(transactions?.map((transaction) => transaction.interval)),
    }),
});

function rangeOfAll(values: readonly z.infer<typeof cycles>[] = []) {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length === 0) return { min: null, average: null, max: null };
  const sum = numbers.reduce((total, value) => total + value, 0);
  const extreme = (pick: (a: number, b: number) => number) => numbers.reduce((a, b) => pick(a, b));
  return { min: extreme(Math.min), average: sum / numbers.length, max: extreme(Math.max) };
}
