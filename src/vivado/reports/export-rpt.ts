/** `export_syn.rpt`, `export_impl.rpt`, `hls_impl_syn.rpt`, `hls_impl_pnr.rpt` (VENDOR.md §1.5). */
import { z } from "zod";
import { withNodes } from "../../report/compose.ts";
import {
  exportResources,
  exportResourcesSchema,
  foldExport,
  instanceSchema,
  nodesOfExport,
  resourceLines,
  stageSchema,
  timingVerdict,
} from "./export-values.ts";
import { hlsHeader } from "./headers.ts";
import { toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";
import { cellOf, columnsOf, findTable, indentOf, isWhole, rowsOf, type Table, tablesOf } from "./table.ts";

const schema = z.strictObject({
  title: z.string().nullable(),
  stage: stageSchema,
  used: exportResourcesSchema.nullable(),
  timingMet: z.boolean().nullable(),
  /** As labelled. In a report of the synthesis the tool calls the reached period `Post-Route` all the same. */
  periods: z.record(z.string(), z.number()).nullable(),
  instances: z.array(instanceSchema),
});

const TITLE = /^\s*== (Vivado (?:RTL Synthesis|Place & Route) Results)\s*$/m;

export const exportRpt = defineKind({
  kind: "hls_export_rpt",
  tool: "HLS",
  schema,
  wanted: ["used", "timingMet", "periods"],
  recognise: (opening) => TITLE.test(opening.slice(0, 4096)),
  read(source) {
    const lines = wholeLines(source.text());
    const tables = [...tablesOf(lines)];
    const title = TITLE.exec(source.opening)?.[1] ?? null;
    const instances = findTable(tables, "Name", "LUT", "FF");
    const periods = findTable(tables, "Timing", "Period (ns)");
    const values = {
      title,
      stage: title?.includes("Route") ? ("implementation" as const) : ("synthesis" as const),
      used: resourceLines(lines),
      timingMet: timingVerdict(lines),
      periods: readPeriods(periods),
      instances: readInstances(instances),
    };
    const isCut = (table: Table | undefined) => table !== undefined && !isWhole(table);
    const missing = [...(isCut(periods) ? ["some of the periods"] : []), ...(isCut(instances) ? ["instances"] : [])];
    return { ...hlsHeader(lines), values, missing };
  },
  fold(report, values, { device, kind }) {
    const targetNs = values.periods?.["Target"] ?? null;
    const achievedNs = values.periods?.["Post-Route"] ?? null;
    const totals = { ...values, device, available: null, targetNs, achievedNs, source: kind };
    return withNodes(foldExport(report, totals), nodesOfExport(values.instances, values.stage));
  },
});

function readPeriods(table: Table | undefined): Record<string, number> | null {
  const entries = (table ? rowsOf(table) : []).flatMap(([name, period]) => {
    const value = toNumber(period);
    return name === undefined || value === undefined ? [] : [[name.trim(), value] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** Names are indented by two blanks per level; rows in brackets are the local part of the row above. */
function readInstances(table: Table | undefined) {
  if (!table) return [];
  const columns = columnsOf(table);
  return rowsOf(table)
    .map((row) => ({
      name: row[0]?.trim() ?? "",
      module: null,
      depth: Math.max(0, Math.floor((indentOf(row[0] ?? "") - 1) / 2)),
      used: exportResources((name) => cellOf(columns, row, name)),
    }))
    .filter(({ name }) => !name.startsWith("("));
}
