/** A build for the terminal, alone or beside another one. */
import type { BuildReport } from "./build-report.ts";
import { expectedOf } from "./build-report.ts";
import { failuresOf } from "./failures.ts";
import type { Resources, Total } from "./resource-report.ts";

export interface SummaryPaint {
  good(text: string): string;
  bad(text: string): string;
  bold(text: string): string;
}

type Row = readonly [what: string, value: string];

export function summaryText(report: BuildReport, paint: SummaryPaint): string {
  const failures = report.resources ? failuresOf(report.resources) : [];
  return [
    paint.bold(`${report.name} on ${report.board.name}`),
    ...columns(rowsOf(report)),
    ...report.equivalence.map(({ simulation, equivalent, frames, tools }) => {
      const verdict = equivalent ? paint.good("equivalent") : paint.bad("not equivalent");
      return `  ${simulation}: ${verdict} to the reference over ${frames} frames (${tools.join(", ")})`;
    }),
    ...failures.map(({ message }) => `  ${paint.bad("problem")}: ${message}`),
  ].join("\n");
}

/** Both builds side by side under their names, one row for each figure that one of them has. */
export function comparisonText(before: BuildReport, after: BuildReport, headings: readonly [string, string]): string {
  const [old, now] = [new Map(rowsOf(before)), new Map(rowsOf(after))];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const table = names.map((name): readonly string[] => [name, old.get(name) ?? "-", now.get(name) ?? "-"]);
  return columns([["", ...headings], ...table]).join("\n");
}

function rowsOf(report: BuildReport): Row[] {
  const { clockMegahertz, cyclesPerFrame, resources, stages } = report;
  const framesPerSecond = Math.round((clockMegahertz * 1e6) / cyclesPerFrame).toLocaleString("en");
  return [
    ["clock", `${clockMegahertz} MHz`],
    ["cycles per frame", cyclesPerFrame.toLocaleString("en")],
    ["frames/s", framesPerSecond],
    ["stages", String(stages.length)],
    ["cost model", resourceText(expectedOf(report))],
    ...(resources?.totals ?? []).map((total): Row => [`${total.stage}, ${total.scope}`, totalText(total)]),
    ...(resources?.timing?.wnsNs == null ? [] : [["worst slack", `${resources.timing.wnsNs} ns`] as Row]),
    ...(resources?.power?.totalW == null ? [] : [["power", `${resources.power.totalW} W`] as Row]),
  ];
}

const totalText = ({ used, clockNs }: Total): string =>
  `${resourceText(used)}${clockNs === null ? "" : `, ${clockNs} ns`}`;

const resourceText = (used: Partial<Resources>): string =>
  Object.entries(used)
    .filter(([, amount]) => amount !== null)
    .map(([name, amount]) => `${Math.round(amount as number).toLocaleString("en")} ${name.toUpperCase()}`)
    .join(", ");

/** Left-aligned, two blanks between columns. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => (row[c] ?? "").length)));
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, c) => cell.padEnd(widths[c] as number))
        .join("  ")
        .trimEnd()}`,
  );
}
