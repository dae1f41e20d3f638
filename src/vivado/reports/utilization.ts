/** Vivado's `report_utilization`, flat (VENDOR.md §1.6). */
import { z } from "zod";
import { withDesign, withTotal } from "../../report/compose.ts";
import { NO_RESOURCES, type Resources } from "../../report/resource-report.ts";
import { vivadoHeader } from "./headers.ts";
import { toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";
import { cellOf, columnsOf, rowsOf, tablesOf } from "./table.ts";
import { scopeOf, stageOf, startsLike } from "./vivado-report.ts";

const siteSchema = z.strictObject({
  /** Tiles may be halves: 77.5. */
  used: z.number().nullable(),
  available: z.number().nullable(),
  /** As it stands, since it may be `<0.01`. */
  utilPct: z.string().nullable(),
});
type Site = z.infer<typeof siteSchema>;

/** Names of one thing over the families: UltraScale+, 7-series, Versal. The first row counts; sections 1 and 2 repeat some. */
const SITES = {
  LUT: ["CLB LUTs", "Slice LUTs"],
  LUTLogic: ["LUT as Logic"],
  LUTRAM: ["LUT as Memory"],
  FF: ["CLB Registers", "Slice Registers", "Registers"],
  BRAM_TILE: ["Block RAM Tile"],
  RAMB18: ["RAMB18"],
  URAM: ["URAM"],
  DSP: ["DSPs", "DSP Slices"],
} as const;
type SiteName = keyof typeof SITES;

const site = siteSchema.optional();

const schema = z.strictObject({
  design: z.string().nullable(),
  designState: z.string().nullable(),
  /** Columns of the first table. `Prohibited` came with 2022.1. */
  columns: z.array(z.string()).nullable(),
  LUT: site,
  LUTLogic: site,
  LUTRAM: site,
  FF: site,
  /** Block RAM in tiles of 36 Kbit. */
  BRAM_TILE: site,
  RAMB18: site,
  /** Absent on devices without UltraRAM. */
  URAM: site,
  DSP: site,
});

export const utilization = defineKind({
  kind: "vivado_utilization",
  tool: "Vivado",
  schema,
  wanted: ["LUT", "FF", "BRAM_TILE", "DSP"],
  recognise: (opening) =>
    startsLike(opening, /^Utilization Design Information/m) && !/^\d+\. Utilization by Hierarchy/m.test(opening),
  read(source) {
    const lines = wholeLines(source.text());
    const { toolVersion, device, design, designState } = vivadoHeader(lines);
    const { columns, sites } = readSites(lines);
    const found = (Object.keys(SITES) as SiteName[]).flatMap((name) => {
      const row = SITES[name].map((spelling) => sites.get(spelling)).find(Boolean);
      return row ? [[name, row] as const] : [];
    });
    const values: z.infer<typeof schema> = { design, designState, columns, ...Object.fromEntries(found) };
    return { toolVersion, device, values };
  },
  fold: (report, values, { device, kind }) =>
    withTotal(withDesign(report, values.design, device), {
      stage: stageOf(values.designState),
      scope: scopeOf(values.design),
      used: resources(values, (row) => row.used),
      available: resources(values, (row) => row.available),
      clockNs: null,
      source: kind,
    }),
});

function readSites(lines: readonly string[]) {
  const sites = new Map<string, Site>();
  let first: string[] | null = null;
  for (const table of tablesOf(lines)) {
    const columns = columnsOf(table);
    // The tables per die (`SLR0`, ...) have the same first column, but neither `Used` nor `Available`.
    if (columns[0] !== "Site Type" || !columns.includes("Used")) continue;
    first ??= [...columns];
    for (const row of rowsOf(table)) {
      const name = row[0]?.trim().replace(/\*+$/, "") ?? "";
      if (sites.has(name)) continue;
      const cell = (column: string) => cellOf(columns, row, column);
      sites.set(name, {
        used: toNumber(cell("Used")) ?? null,
        available: toNumber(cell("Available")) ?? null,
        utilPct: cell("Util%") || null,
      });
    }
  }
  return { columns: first, sites };
}

function resources(values: z.infer<typeof schema>, pick: (row: Site) => number | null): Resources {
  const of = (row: Site | undefined) => (row ? pick(row) : null);
  const tiles = of(values.BRAM_TILE);
  return {
    ...NO_RESOURCES,
    lut: of(values.LUT),
    lutram: of(values.LUTRAM),
    ff: of(values.FF),
    bram18: tiles === null ? null : 2 * tiles,
    dsp: of(values.DSP),
    uram: of(values.URAM),
  };
}
