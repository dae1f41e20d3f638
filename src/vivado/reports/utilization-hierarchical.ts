/** Vivado's `report_utilization -hierarchical` (VENDOR.md §1.6): resources per instance. */
import { z } from "zod";
import { withDesign, withNodes } from "../../report/compose.ts";
import { NO_RESOURCES, type Resources } from "../../report/resource-report.ts";
import { vivadoHeader } from "./headers.ts";
import { leadingNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";
import { columnsOf, findTable, indentOf, isWhole, type Row, rowsOf, tablesOf } from "./table.ts";
import { scopeOf, stageOf, startsLike } from "./vivado-report.ts";

/** A row by column name. Counts are numbers, with `-hierarchical_percentages` too. */
const cellsSchema = z.record(z.string(), z.union([z.number(), z.string()]));

const schema = z.strictObject({
  design: z.string().nullable(),
  designState: z.string().nullable(),
  columns: z.array(z.string()).nullable(),
  top: cellsSchema.nullable(),
  /** All rows, the top first. */
  instances: z.array(
    z.strictObject({
      depth: z.int(),
      /** `(inst)`: what the instance holds itself, outside of its children. */
      local: z.boolean(),
      cells: cellsSchema,
    }),
  ),
});
type Cells = z.infer<typeof cellsSchema>;

export const utilizationHierarchical = defineKind({
  kind: "vivado_utilization_hier",
  tool: "Vivado",
  schema,
  wanted: ["columns", "top"],
  recognise: (opening) => startsLike(opening, /^\d+\. Utilization by Hierarchy/m),
  read(source) {
    const lines = wholeLines(source.text());
    const { toolVersion, device, design, designState } = vivadoHeader(lines);
    const table = findTable(tablesOf(lines), "Instance", "Module");
    const columns = table ? columnsOf(table) : [];
    const instances = (table ? rowsOf(table) : []).map((row) => readInstance(columns, row));
    const values = {
      design,
      designState,
      columns: table ? [...columns] : null,
      top: instances[0]?.cells ?? null,
      instances,
    };
    return { toolVersion, device, values, missing: table && isWhole(table) ? [] : ["the end of the table"] };
  },
  fold(report, values, { device }) {
    const nodes = values.instances
      .filter((instance) => !instance.local)
      .map(({ cells }) => ({
        name: String(cells["Instance"] ?? ""),
        module: String(cells["Module"] ?? ""),
        stage: stageOf(values.designState),
        scope: scopeOf(values.design),
        used: resourcesOf(cells),
        latencyCycles: null,
        intervalCycles: null,
      }));
    return withNodes(withDesign(report, values.design, device), nodes);
  },
});

function readInstance(columns: readonly string[], row: Row) {
  const texts = columns.map((column, index) => [column, row[index]?.trim() ?? ""] as const);
  const counted = texts.map(([column, text], index) => [column, index < 2 ? text : (leadingNumber(text) ?? text)]);
  return {
    // One blank before the name of the top, two more per level.
    depth: Math.max(0, Math.floor((indentOf(row[0] ?? "") - 1) / 2)),
    local: /^\(.*\)$/.test(row[0]?.trim() ?? ""),
    cells: Object.fromEntries(counted) as Cells,
  };
}

/** `DSP48 Blocks` in older releases; RAMB36 counts two halves. */
function resourcesOf(cells: Cells): Resources {
  const count = (name: string) => {
    const value = cells[name];
    return typeof value === "number" ? value : null;
  };
  const [ramb36, ramb18] = [count("RAMB36"), count("RAMB18")];
  return {
    ...NO_RESOURCES,
    lut: count("Total LUTs"),
    lutram: count("LUTRAMs"),
    ff: count("FFs"),
    bram18: ramb36 === null && ramb18 === null ? null : 2 * (ramb36 ?? 0) + (ramb18 ?? 0),
    dsp: count("DSP Blocks") ?? count("DSP48 Blocks") ?? count("DSP Slices"),
    uram: count("URAM"),
  };
}
