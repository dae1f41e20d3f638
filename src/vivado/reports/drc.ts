/** Vivado's `report_drc` and, in the same form, `report_methodology` (VENDOR.md §1.6). */
import { z } from "zod";
import { withDesign } from "../../report/compose.ts";
import type { DrcSummary } from "../../report/resource-report.ts";
import { vivadoHeader } from "./headers.ts";
import { toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { type Source, wholeLines } from "./source.ts";
import { cellOf, columnsOf, findTable, isWhole, rowsOf, type Table, tablesOf } from "./table.ts";
import { startsLike } from "./vivado-report.ts";

const ruleSchema = z.strictObject({
  rule: z.string(),
  severity: z.string(),
  description: z.string(),
  count: z.int(),
});

const schema = z.strictObject({
  design: z.string().nullable(),
  designState: z.string().nullable(),
  /** `Violations found`, which 2025.2 calls `Checks found`. */
  violationsFound: z.int().nullable(),
  rules: z.array(ruleSchema).nullable(),
});
type Values = z.infer<typeof schema>;

export const drc = defineKind({
  kind: "vivado_drc",
  tool: "Vivado",
  schema,
  wanted: ["violationsFound", "rules"],
  recognise: (opening) => startsLike(opening, /^Report DRC/m),
  read: readChecks,
  fold: (report, values, { device }) => ({
    ...withDesign(report, values.design, device),
    drc: summaryOf(values.rules ?? []),
  }),
});

/** Methodology checks advise; they do not fail a build. */
export const methodology = defineKind({
  kind: "vivado_methodology",
  tool: "Vivado",
  schema,
  wanted: ["violationsFound", "rules"],
  recognise: (opening) => startsLike(opening, /^Report Methodology/m),
  read: readChecks,
  fold: (report, values, { device }) => withDesign(report, values.design, device),
});

function readChecks(source: Source) {
  const lines = wholeLines(source.text());
  const { toolVersion, device, design, designState } = vivadoHeader(lines);
  const found = lines.map((line) => /^\s*(?:Violations|Checks) found:\s*(\d+)\s*$/.exec(line)?.[1]).find(Boolean);
  const table = findTable(tablesOf(lines), "Rule", "Severity", "Description");
  const values: Values = {
    design,
    designState,
    violationsFound: toNumber(found) ?? null,
    rules: table ? readRules(table) : null,
  };
  const total = values.rules?.reduce((sum, rule) => sum + rule.count, 0);
  // An empty table and one that was cut behind its header look alike; the total tells them apart.
  const whole = table !== undefined && isWhole(table) && total === values.violationsFound;
  return { toolVersion, device, values, missing: whole ? [] : ["some of the rules"] };
}

function readRules(table: Table) {
  const columns = columnsOf(table);
  return rowsOf(table).flatMap((row) => {
    const count = toNumber(row.at(-1));
    return count === undefined
      ? []
      : [
          {
            rule: cellOf(columns, row, "Rule") ?? "",
            severity: cellOf(columns, row, "Severity") ?? "",
            description: cellOf(columns, row, "Description") ?? "",
            count,
          },
        ];
  });
}

function summaryOf(rules: NonNullable<Values["rules"]>): DrcSummary {
  const count = (severity: string) =>
    rules.filter((rule) => rule.severity === severity).reduce((sum, rule) => sum + rule.count, 0);
  return {
    error: count("Error"),
    criticalWarning: count("Critical Warning"),
    warning: count("Warning"),
    advisory: count("Advisory"),
    rules: [...rules],
  };
}
