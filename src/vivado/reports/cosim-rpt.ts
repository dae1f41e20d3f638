/** `<top>_cosim.rpt` and `reports/hls_cosim.rpt`: the verdict and the measured cycles of the RTL simulation (VENDOR.md §1.3). */
import { z } from "zod";
import { withPerformance } from "../../report/compose.ts";
import { rangeOf } from "./hls-values.ts";
import { numberOr } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";

/** One transaction has no interval: `NA`. */
const measured = z.union([z.number(), z.literal("NA")]).nullable();

const rowSchema = z.strictObject({
  /** With `NA` the numbers of the row are leftovers of an earlier run. */
  status: z.enum(["Pass", "Fail", "NA"]).nullable(),
  latencyMin: measured,
  latencyAvg: measured,
  latencyMax: measured,
  intervalMin: measured,
  intervalAvg: measured,
  intervalMax: measured,
  totalExecutionTime: measured.optional(),
});

const schema = z.strictObject({
  vhdl: rowSchema.nullable(),
  verilog: rowSchema.nullable(),
  /** From 2020 on there is a column for the cycles of all transactions together. */
  hasTotalColumn: z.boolean(),
});

type Row = z.infer<typeof rowSchema>;

const HEADER = /^\s*[|+]\s*RTL\s*[|+]\s*Status\s*[|+]/m;

export const cosimRpt = defineKind({
  kind: "hls_cosim_rpt",
  tool: "HLS",
  schema,
  wanted: ["vhdl", "verilog"],
  recognise: (opening) => HEADER.test(opening.slice(0, 8192)),
  read(source) {
    const lines = wholeLines(source.text());
    const values = {
      vhdl: readRow(lines, "VHDL"),
      verilog: readRow(lines, "Verilog"),
      hasTotalColumn: lines.some((line) => line.includes("Total Execution")),
    };
    return { toolVersion: null, device: null, values };
  },
  fold(report, values) {
    const row = [values.verilog, values.vhdl].find((candidate) => candidate?.status === "Pass");
    if (!row) return report;
    return withPerformance(report, {
      by: "measured",
      latencyCycles: rangeOf(row.latencyMin, row.latencyAvg, row.latencyMax),
      intervalCycles: rangeOf(row.intervalMin, row.intervalAvg, row.intervalMax),
    });
  },
});

function readRow(lines: readonly string[], language: string): Row | null {
  const row = lines.find((line) => new RegExp(`^\\s*\\|\\s*${language}\\s*\\|.*\\|\\s*$`).test(line));
  const [status, ...cells] =
    row
      ?.split("|")
      .slice(2, -1)
      .map((cell) => cell.trim()) ?? [];
  if (status === undefined || (cells.length !== 6 && cells.length !== 7)) return null;
  const cell = (index: number) => numberOr(["NA"], cells[index]);
  return {
    status: (["Pass", "Fail", "NA"] as const).find((known) => known === status) ?? null,
    latencyMin: cell(0),
    latencyAvg: cell(1),
    latencyMax: cell(2),
    intervalMin: cell(3),
    intervalAvg: cell(4),
    intervalMax: cell(5),
    ...(cells.length === 7 ? { totalExecutionTime: cell(6) } : {}),
  };
}
