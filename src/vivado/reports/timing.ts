/** Vivado's `report_timing_summary` (VENDOR.md §1.6). A design that misses its timing still gets a bitstream and exit code 0. */
import { z } from "zod";
import { withDesign } from "../../report/compose.ts";
import type { Timing } from "../../report/resource-report.ts";
import { vivadoHeader } from "./headers.ts";
import { numberOr, toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";
import { startsLike } from "./vivado-report.ts";

/** `NA` for a design without such paths. */
const slack = z.union([z.number(), z.literal("NA")]).nullable();
const NAMES = ["WNS", "TNS", "TNSFailing", "TNSTotal", "WHS", "THS", "THSFailing", "THSTotal"] as const;
const PULSE_NAMES = ["WPWS", "TPWS", "TPWSFailing", "TPWSTotal"] as const;

const schema = z.strictObject({
  design: z.string().nullable(),
  /** Null in the reports of releases that do not say it (up to 2022). */
  designState: z.string().nullable(),
  /** Worst and total slacks of setup, hold and pulse width in ns, with numbers of endpoints. */
  WNS: slack,
  TNS: slack,
  TNSFailing: slack,
  TNSTotal: slack,
  WHS: slack,
  THS: slack,
  THSFailing: slack,
  THSTotal: slack,
  WPWS: slack,
  TPWS: slack,
  TPWSFailing: slack,
  TPWSTotal: slack,
  /** The sentence of the report; it says `met` for a design without a single path too. */
  message: z.enum(["met", "not met", "no constraints"]).nullable(),
  clocks: z.array(z.strictObject({ name: z.string(), periodNs: z.number(), frequencyMhz: z.number() })).nullable(),
});
type Values = z.infer<typeof schema>;

export const timing = defineKind({
  kind: "vivado_timing",
  tool: "Vivado",
  schema,
  wanted: [...NAMES, ...PULSE_NAMES, "message", "clocks"],
  recognise: (opening) => startsLike(opening, /^Timing Summary Report/m),
  read(source) {
    const lines = wholeLines(source.text());
    const { toolVersion, device, design, designState } = vivadoHeader(lines);
    const values: Values = {
      design,
      designState,
      ...readSlacks(section(lines, "Design Timing Summary")),
      message: readMessage(lines),
      clocks: readClocks(section(lines, "Clock Summary")),
    };
    return { toolVersion, device, values };
  },
  fold: (report, values, { device }) => ({
    ...withDesign(report, values.design, device),
    timing: timingOf(values),
  }),
});

/** Lines below `| TITLE` and its underline, without empty ones before the content. */
function section(lines: readonly string[], title: string): readonly string[] {
  const start = lines.findIndex((line) => line.trim() === `| ${title}`);
  const content = start < 0 ? [] : lines.slice(start + 3);
  return content.slice(
    Math.max(
      0,
      content.findIndex((line) => line.trim() !== ""),
    ),
  );
}

/** One header of twelve names, apart by two blanks or more; a line of dashes; one row of twelve cells. */
function readSlacks([header = "", , row = ""]: readonly string[]) {
  const names = header
    .trim()
    .split(/\s{2,}/)
    .map(shortName);
  const cells = row.trim().split(/\s+/);
  const value = (name: string) => (names.length === cells.length ? numberOr(["NA"], cells[names.indexOf(name)]) : null);
  return {
    WNS: value("WNS"),
    TNS: value("TNS"),
    TNSFailing: value("TNSFailing"),
    TNSTotal: value("TNSTotal"),
    WHS: value("WHS"),
    THS: value("THS"),
    THSFailing: value("THSFailing"),
    THSTotal: value("THSTotal"),
    WPWS: value("WPWS"),
    TPWS: value("TPWS"),
    TPWSFailing: value("TPWSFailing"),
    TPWSTotal: value("TPWSTotal"),
  };
}

/** `WNS(ns)` -> `WNS`, `TNS Failing Endpoints` -> `TNSFailing`. */
const shortName = (name: string): string => name.replace(/\(ns\)$| Endpoints$/, "").replace(" ", "");

function readMessage(lines: readonly string[]): Values["message"] {
  const says = (sentence: string) => lines.some((line) => line.trim() === sentence);
  if (says("Timing constraints are not met.")) return "not met";
  if (says("All user specified timing constraints are met.")) return "met";
  return says("There are no user specified timing constraints.") ? "no constraints" : null;
}

/** Rows up to an empty line; without one the list was cut off. Derived clocks are indented. */
function readClocks([, , ...rows]: readonly string[]): Values["clocks"] {
  const end = rows.findIndex((line) => line.trim() === "");
  if (end < 0) return null;
  return rows.slice(0, end).flatMap((line) => {
    const [, name, period, frequency] = /^\s*(\S.*?)\s+\{[^}]*\}\s+(\S+)\s+(\S+)\s*$/.exec(line) ?? [];
    const [periodNs, frequencyMhz] = [toNumber(period), toNumber(frequency)];
    return name === undefined || periodNs === undefined || frequencyMhz === undefined
      ? []
      : [{ name, periodNs, frequencyMhz }];
  });
}

function timingOf(values: Values): Timing {
  const number = (value: Values["WNS"]) => (typeof value === "number" ? value : null);
  const slacks = [values.WNS, values.WHS, values.WPWS].map(number);
  const failing = [values.TNSFailing, values.THSFailing, values.TPWSFailing].map(number);
  return {
    met: values.message === "met" && slacks.every((ns) => ns === null || ns >= 0),
    wnsNs: number(values.WNS),
    tnsNs: number(values.TNS),
    whsNs: number(values.WHS),
    thsNs: number(values.THS),
    wpwsNs: number(values.WPWS),
    failingEndpoints: failing.reduce((sum: number, count) => sum + (count ?? 0), 0),
    clocks: values.clocks ?? [],
  };
}
