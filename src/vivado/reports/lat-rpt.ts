/** `sim/report/verilog/lat.rpt`: the measured cycles as assignments; THROUGHPUT is the interval (VENDOR.md §1.3). */
import { z } from "zod";
import { withPerformance } from "../../report/compose.ts";
import { rangeOf } from "./hls-values.ts";
import { numberOr } from "./number.ts";
import { defineKind } from "./report-kind.ts";

const NAMES = [
  "MAX_LATENCY",
  "MIN_LATENCY",
  "AVER_LATENCY",
  "MAX_THROUGHPUT",
  "MIN_THROUGHPUT",
  "AVER_THROUGHPUT",
] as const;

const measured = z.union([z.number(), z.enum(["NA", "x"])]).nullable();
const WORDS = ["NA", "x"] as const;

const schema = z.strictObject({
  MAX_LATENCY: measured,
  MIN_LATENCY: measured,
  AVER_LATENCY: measured,
  MAX_THROUGHPUT: measured,
  MIN_THROUGHPUT: measured,
  AVER_THROUGHPUT: measured,
  /** From 2020 on. */
  TOTAL_EXECUTE_TIME: measured.optional(),
});

export const latRpt = defineKind({
  kind: "hls_lat_rpt",
  tool: "HLS",
  schema,
  wanted: NAMES,
  recognise: (opening) => /^\s*\$(?:MAX|MIN|AVER)_LATENCY\s*=/.test(opening),
  read(source) {
    const text = source.opening;
    const texts = new Map([...text.matchAll(/^\s*\$(\w+)\s*=\s*"([^"\n]*)"/gm)].map((found) => [found[1], found[2]]));
    const value = (name: string) => numberOr(WORDS, texts.get(name));
    const values = {
      MAX_LATENCY: value("MAX_LATENCY"),
      MIN_LATENCY: value("MIN_LATENCY"),
      AVER_LATENCY: value("AVER_LATENCY"),
      MAX_THROUGHPUT: value("MAX_THROUGHPUT"),
      MIN_THROUGHPUT: value("MIN_THROUGHPUT"),
      AVER_THROUGHPUT: value("AVER_THROUGHPUT"),
      ...(texts.has("TOTAL_EXECUTE_TIME") ? { TOTAL_EXECUTE_TIME: value("TOTAL_EXECUTE_TIME") } : {}),
    };
    return { toolVersion: null, device: null, values, missing: /"[^"\n]*"\s*$/.test(text) ? [] : ["the last line"] };
  },
  fold: (report, values) =>
    withPerformance(report, {
      by: "measured",
      latencyCycles: rangeOf(values.MIN_LATENCY, values.AVER_LATENCY, values.MAX_LATENCY),
      intervalCycles: rangeOf(values.MIN_THROUGHPUT, values.AVER_THROUGHPUT, values.MAX_THROUGHPUT),
    }),
});
