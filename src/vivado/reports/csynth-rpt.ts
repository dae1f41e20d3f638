/** `<top>_csynth.rpt`: the estimate of one function as text, for when no XML is at hand (VENDOR.md §1.2). */
import { z } from "zod";
import { withNodes } from "../../report/compose.ts";
import { foldCsynth } from "./fold-csynth.ts";
import { hlsHeader } from "./headers.ts";
import { cyclesSchema, hlsResources, hlsResourcesSchema, resourcesOfHls } from "./hls-values.ts";
import { leadingNumber, numberOr, toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";
import { cellOf, columnsOf, findTable, type Row, rowsOf, type Table, tablesOf } from "./table.ts";

const cellSchema = z.union([z.number(), z.string()]);

const schema = z.strictObject({
  top: z.string().nullable(),
  clockTarget: z.string().nullable(),
  clockEstimated: z.string().nullable(),
  clockUncertainty: z.string().nullable(),
  clockTargetNs: z.number().nullable(),
  clockEstimatedNs: z.number().nullable(),
  clockUncertaintyNs: z.number().nullable(),
  /** `?` in the report is `undef` here, as in the XML. */
  latencyMin: cyclesSchema,
  latencyMax: cyclesSchema,
  /** One less than in the XML of the same run. */
  intervalMin: cyclesSchema,
  intervalMax: cyclesSchema,
  pipelineType: z.string().nullable(),
  used: hlsResourcesSchema.nullable(),
  available: hlsResourcesSchema.nullable(),
  /** Rows as they stand, in the order of `resourceColumns`. */
  resourceColumns: z.array(z.string()),
  totalRow: z.array(cellSchema).nullable(),
  availableRow: z.array(cellSchema).nullable(),
  utilizationRow: z.array(z.string()).nullable(),
  latencyRow: z.array(z.string()).nullable(),
  instances: z.array(z.strictObject({ instance: z.string(), module: z.string(), used: hlsResourcesSchema })),
});

const TITLE = /^\s*== (?:Vivado|Vitis) HLS Report for '([^']+)'/m;
const WORDS = ["undef"] as const;

export const csynthRpt = defineKind({
  kind: "hls_csynth_rpt",
  tool: "HLS",
  schema,
  wanted: ["clockTarget", "clockEstimated", "latencyRow", "totalRow", "availableRow"],
  recognise: (opening) => TITLE.test(opening.slice(0, 4096)),
  read(source) {
    const lines = wholeLines(source.text());
    const tables = [...tablesOf(lines)];
    const after = (heading: RegExp) => {
      const start = lines.findIndex((line) => heading.test(line));
      return tables.filter((table) => start >= 0 && table.start > start);
    };
    const values = {
      top: TITLE.exec(source.opening)?.[1] ?? null,
      ...readClock(findTable(tables, "Clock", "Target", "Estimated")),
      ...readLatency(after(/^\s*\+ Latency/)[0]),
      ...readResources(after(/^\s*== Utilization Estimates/)[0]),
      instances: readInstances(findTable(after(/^\s*== Utilization Estimates/), "Instance", "Module", "LUT")),
    };
    const whole = lines.some((line) => /^\s*== Interface/.test(line));
    return { ...hlsHeader(lines), values, missing: whole ? [] : ["instances"] };
  },
  fold(report, values, { kind, device }) {
    const nodes = values.instances.map(({ instance, module, used }) => ({
      name: instance,
      module,
      stage: "estimate" as const,
      scope: "core" as const,
      used: resourcesOfHls(used),
      latencyCycles: null,
      intervalCycles: null,
    }));
    return withNodes(foldCsynth(report, values, device, kind), nodes);
  },
});

function readClock(table: Table | undefined) {
  const columns = table ? columnsOf(table) : [];
  const row = table ? (rowsOf(table)[0] ?? []) : [];
  const [clockTarget, clockEstimated, clockUncertainty] = ["Target", "Estimated", "Uncertainty"].map(
    (name) => cellOf(columns, row, name) ?? null,
  );
  const ns = (text: string | null | undefined) => leadingNumber(text ?? undefined) ?? null;
  return {
    clockTarget: clockTarget ?? null,
    clockEstimated: clockEstimated ?? null,
    clockUncertainty: clockUncertainty ?? null,
    clockTargetNs: ns(clockTarget),
    clockEstimatedNs: ns(clockEstimated),
    clockUncertaintyNs: ns(clockUncertainty),
  };
}

/** Two header lines with merged cells: latency in cycles, latency in time (from 2019 on), interval, pipeline type. */
function readLatency(table: Table | undefined) {
  const row = table?.groups[1]?.[0]?.map((cell) => cell.trim());
  const cells = row?.length === 5 || row?.length === 7 ? row : undefined;
  const cycles = (index: number) => {
    const text = cells?.at(index);
    return numberOr(WORDS, text === "?" ? "undef" : text);
  };
  return {
    latencyMin: cycles(0),
    latencyMax: cycles(1),
    intervalMin: cycles(-3),
    intervalMax: cycles(-2),
    pipelineType: cells?.at(-1) ?? null,
    latencyRow: cells ?? null,
  };
}

/** Devices of several dies have `Available SLR` rows too, so the names must match whole. */
function readResources(table: Table | undefined) {
  const columns = table ? columnsOf(table) : [];
  const rowOf = (name: string): Row | undefined =>
    table && rowsOf(table).find((row) => row[0]?.trim().replace(/\s+/g, " ") === name);
  const texts = (name: string) =>
    rowOf(name)
      ?.slice(1)
      .map((cell) => cell.trim()) ?? null;
  const cells = (name: string) => texts(name)?.map((cell) => toNumber(cell) ?? cell) ?? null;
  const amounts = (name: string) => {
    const row = rowOf(name);
    return row ? hlsResources(columns.map((column, index) => [column, row[index]])) : null;
  };
  return {
    resourceColumns: columns.slice(1),
    totalRow: cells("Total"),
    availableRow: cells("Available"),
    utilizationRow: texts("Utilization (%)"),
    used: amounts("Total"),
    available: amounts("Available"),
  };
}

function readInstances(table: Table | undefined) {
  if (!table) return [];
  const columns = columnsOf(table);
  return rowsOf(table)
    .map((row) => ({
      instance: cellOf(columns, row, "Instance") ?? "",
      module: cellOf(columns, row, "Module") ?? "",
      used: hlsResources(columns.map((column, index) => [column, row[index]])),
    }))
    .filter(({ module }) => module !== "");
}
