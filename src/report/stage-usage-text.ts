/** What a synthesis found for each stage, beside what the cost model expects, as a table for the terminal. */
import type { BuildReport } from "./build-report.ts";
import { share } from "./compose.ts";
import { pathDelay, pathLevels } from "./path-delay.ts";
import type { Resources } from "./resource-report.ts";
import type { UsageRow } from "./stage-usage.ts";
import { isTooLong, shownRows } from "./stage-usage.ts";

const HEADINGS =
  "stage,LUT,expected,as memory,SRL,FF,expected,CARRY8,BRAM18,expected,BRAM36,DSP,path,longest path".split(",");

/** Empty if there is no netlist. */
export function stageUsageText(report: BuildReport): string {
  const rows = shownRows(report);
  if (rows.length === 0) return "";
  const periodNs = 1000 / report.clockMegahertz;
  const shares = rows.filter(({ kind }) => kind === "whole").map(({ used }) => sharesOf(used, report.board.budget));
  const table = aligned([HEADINGS, ...rows.map((row) => cells(row, periodNs)), ...shares]);
  const late = rows.filter((row) => isTooLong(row, periodNs)).map(({ name }) => name);
  return [table, ...(late.length > 0 ? [warning(late, periodNs)] : [])].join("\n");
}

function cells(row: UsageRow, periodNs: number): string[] {
  const { name, used, netlist, cost } = row;
  const { srl, carry8, ramb36, longestPath: path } = netlist;
  const amounts = [
    used.lut,
    cost.lut,
    used.lutram,
    srl,
    used.ff,
    cost.ff,
    carry8,
    used.bram18,
    cost.bram18,
    ramb36,
    used.dsp,
  ];
  const delay = path ? `${pathDelay(path).toFixed(1)} ns${isTooLong(row, periodNs) ? " !" : "  "}` : "-";
  const way = path ? `${pathLevels(path)}, ${path.from} to ${path.to}` : "";
  return [name, ...amounts.map(amountText), delay, way];
}

/** CARRY8 are left out: there is one for each eight LUTs. */
function sharesOf(used: Resources, budget: Resources): string[] {
  const percent = (name: keyof Resources) => {
    const part = share(used, budget, name);
    return part === null ? "-" : `${Math.round(100 * part)} %`;
  };
  const [lut, memory, ff, bram18, dsp] = (["lut", "lutram", "ff", "bram18", "dsp"] as const).map(percent) as string[];
  return ["of the board", lut, "", memory, "", ff, "", "", bram18, "", "", dsp, "", ""] as string[];
}

const amountText = (amount: number | null | undefined): string =>
  amount == null ? "-" : (Number.isInteger(amount * 2) ? amount : Math.round(amount)).toLocaleString("en");

const warning = (late: readonly string[], periodNs: number): string =>
  `! likely to take longer than the ${Math.round(100 * periodNs) / 100} ns of a clock cycle: ${late.join(", ")}`;

/** Numbers to the right, words to the left. */
function aligned(rows: readonly (readonly string[])[]): string {
  const last = HEADINGS.length - 1;
  const widths = HEADINGS.map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  const pad = (cell: string, c: number) =>
    c === 0 || c === last ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0);
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
