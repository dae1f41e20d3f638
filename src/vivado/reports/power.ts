/** Vivado's `report_power` (VENDOR.md §1.6). Without simulated activity it is a rough figure; the processor alone takes 1.5 to 2.2 W. */
import { z } from "zod";
import { withDesign } from "../../report/compose.ts";
import { vivadoHeader } from "./headers.ts";
import { leadingNumber, toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";
import { cellOf, columnsOf, findTable, isWhole, rowsOf, type Table, tablesOf } from "./table.ts";
import { startsLike } from "./vivado-report.ts";

const watts = z.number().nullable();

const schema = z.strictObject({
  design: z.string().nullable(),
  designState: z.string().nullable(),
  totalW: watts,
  dynamicW: watts,
  staticW: watts,
  junctionC: z.number().nullable(),
  /** Effective thermal resistance from junction to ambient, in C/W. */
  tja: z.number().nullable(),
  confidence: z.string().nullable(),
  /** As it stands: `Unspecified*` unless the user gave one. */
  budget: z.string().nullable(),
  /** The hard processor, on the families that have one. */
  PS7W: z.number().optional(),
  PS8W: z.number().optional(),
  /** Cells are as they stand, since they may be `<0.001` or `---`. */
  components: z.array(z.strictObject({ name: z.string(), power: z.string(), used: z.string() })),
});

export const power = defineKind({
  kind: "vivado_power",
  tool: "Vivado",
  schema,
  wanted: ["totalW", "dynamicW", "staticW", "junctionC", "tja", "confidence", "budget"],
  recognise: (opening) => startsLike(opening, /^Power Report/m),
  read(source) {
    const lines = wholeLines(source.text());
    const { toolVersion, device, design, designState } = vivadoHeader(lines);
    const tables = [...tablesOf(lines)];
    const summary = new Map(tables[0]?.groups[0]?.map(([name, value]) => [name?.trim(), value?.trim()]));
    const number = (name: string) => leadingNumber(summary.get(name)) ?? null;
    const onChip = findTable(tables, "On-Chip", "Power (W)");
    const components = readComponents(onChip);
    const values = {
      design,
      designState,
      totalW: number("Total On-Chip Power (W)"),
      dynamicW: number("Dynamic (W)"),
      staticW: number("Device Static (W)"),
      junctionC: number("Junction Temperature (C)"),
      tja: number("Effective TJA (C/W)"),
      confidence: summary.get("Confidence Level") ?? null,
      budget: summary.get("Design Power Budget (W)") ?? null,
      ...processorPower(components),
      components,
    };
    return { toolVersion, device, values, missing: onChip && isWhole(onChip) ? [] : ["components"] };
  },
  fold: (report, values, { device }) => ({
    ...withDesign(report, values.design, device),
    power: {
      totalW: values.totalW,
      dynamicW: values.dynamicW,
      staticW: values.staticW,
      processorW: values.PS8W ?? values.PS7W ?? null,
      junctionC: values.junctionC,
      confidence: values.confidence,
    },
  }),
});

function readComponents(table: Table | undefined) {
  const columns = table ? columnsOf(table) : [];
  return (table ? rowsOf(table) : []).map((row) => ({
    name: row[0]?.trim() ?? "",
    power: cellOf(columns, row, "Power (W)") ?? "",
    used: cellOf(columns, row, "Used") ?? "",
  }));
}

function processorPower(components: ReturnType<typeof readComponents>): { PS7W?: number; PS8W?: number } {
  const of = (name: string) => toNumber(components.find((component) => component.name === name)?.power);
  const [ps7, ps8] = [of("PS7"), of("PS8")];
  return { ...(ps7 === undefined ? {} : { PS7W: ps7 }), ...(ps8 === undefined ? {} : { PS8W: ps8 }) };
}
