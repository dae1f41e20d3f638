/** `csynth.rpt` and `reports/hls_compile.rpt`: one table of modules and loops. Its columns differ per release (VENDOR.md §1.2). */
import { z } from "zod";
import { withDesign, withNodes } from "../../report/compose.ts";
import { hlsHeader } from "./headers.ts";
import { type HlsResources, hlsResources, hlsResourcesSchema, resourcesOfHls } from "./hls-values.ts";
import { leadingNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";
import { cellOf, columnsOf, indentOf, isWhole, type Row, rowsOf, tablesOf } from "./table.ts";

const entrySchema = z.strictObject({
  name: z.string(),
  type: z.enum(["module", "loop"]),
  /** Whether it is a dataflow region (`*` behind the name). */
  dataflow: z.boolean(),
  depth: z.int(),
  slackNs: z.number().nullable(),
  latencyCycles: z.number().nullable(),
  interval: z.number().nullable(),
  tripCount: z.number().nullable(),
  pipelined: z.string().nullable(),
  used: hlsResourcesSchema,
});

const schema = z.strictObject({
  top: z.string().nullable(),
  columns: z.array(z.string()),
  /** The top's cells as they stand, in the order of `columns`. */
  topRow: z.array(z.string()).nullable(),
  tableRows: z.int().nullable(),
  entries: z.array(entrySchema),
});

const TITLE = /^\s*== Synthesis Summary Report of '([^']+)'/m;
const RESOURCES: readonly (keyof HlsResources | "BRAM")[] = ["BRAM", "DSP", "FF", "LUT", "URAM"];

export const csynthSummaryRpt = defineKind({
  kind: "hls_csynth_summary_rpt",
  tool: "HLS",
  schema,
  wanted: ["topRow", "tableRows"],
  recognise: (opening) => TITLE.test(opening.slice(0, 4096)),
  read(source) {
    const lines = wholeLines(source.text());
    const table = [...tablesOf(lines)].find((candidate) => columnsOf(candidate)[0]?.startsWith("Modules"));
    const columns = table ? columnsOf(table) : [];
    const rows = table ? rowsOf(table) : [];
    const values = {
      top: TITLE.exec(source.opening)?.[1] ?? null,
      columns: [...columns],
      topRow: rows[0]?.map((cell) => cell.trim()) ?? null,
      tableRows: table && isWhole(table) ? rows.length : null,
      entries: rows.map((row) => readEntry(columns, row)),
    };
    return { ...hlsHeader(lines), values };
  },
  fold(report, values, { device }) {
    const nodes = values.entries
      .filter((entry) => entry.type === "module")
      .map((entry) => ({
        name: entry.name,
        module: entry.name,
        stage: "estimate" as const,
        scope: "core" as const,
        used: resourcesOfHls(entry.used),
        latencyCycles: { min: null, average: null, max: entry.latencyCycles },
        intervalCycles: { min: null, average: null, max: entry.interval },
      }));
    return withNodes(withDesign(report, values.top, device), nodes);
  },
});

function readEntry(columns: readonly string[], row: Row) {
  const first = row[0] ?? "";
  const [, mark, name, star] = /^\s*([+o])\s+(.*?)(\*?)\s*$/.exec(first) ?? [];
  const number = (column: string) => leadingNumber(cellOf(columns, row, column)) ?? null;
  return {
    name: name ?? first.trim(),
    type: mark === "o" ? ("loop" as const) : ("module" as const),
    dataflow: star === "*",
    depth: indentOf(first),
    slackNs: number("Slack"),
    latencyCycles: number("Latency (cycles)"),
    interval: number("Interval"),
    tripCount: number("Trip Count"),
    pipelined: cellOf(columns, row, "Pipelined") ?? null,
    used: hlsResources(RESOURCES.map((column) => [column, number(column)?.toString()])),
  };
}
