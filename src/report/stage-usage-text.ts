/** What a synthesis found for each stage, beside what the cost model expects, as a table for the terminal. */
import type { StageEntry } from "./build-report.ts";
import { share } from "./compose.ts";
import type { LongestPath, NodeUsage, ResourceReport, Resources } from "./resource-report.ts";

const HEADINGS = "stage,LUT,expected,as memory,SRL,FF,expected,CARRY8,BRAM18,expected,DSP,longest path".split(",");

/** Empty if nothing was synthesized. */
export function stageUsageText(report: ResourceReport, stages: readonly StageEntry[]): string {
  const found = report.nodes.filter(({ stage, scope }) => stage === "synthesis" && scope === "core");
  if (found.length === 0) return "";
  const costs = new Map(stages.map(({ name, cost }) => [name, cost]));
  const rows = found.map((node) => row(node, costs.get(node.name)));
  const total = report.totals.find(({ stage, scope }) => stage === "synthesis" && scope === "core");
  return aligned([HEADINGS, ...rows, ...(total && report.budget ? [shares(total.used, report.budget)] : [])]);
}

function row({ name, used, netlist }: NodeUsage, cost: StageEntry["cost"] | undefined): string[] {
  const amounts = [
    ...[used.lut, cost?.lut, used.lutram, netlist?.srl, used.ff, cost?.ff],
    ...[netlist?.carry8, used.bram18, cost?.bram18, used.dsp],
  ];
  return [name, ...amounts.map(amountText), pathText(netlist?.longestPath)];
}

/** CARRY8 are left out: there is one for each eight LUTs. */
function shares(used: Resources, budget: Resources): string[] {
  const percent = (name: keyof Resources) => {
    const part = share(used, budget, name);
    return part === null ? "-" : `${Math.round(100 * part)} %`;
  };
  const [lut, memory, ff, bram18, dsp] = (["lut", "lutram", "ff", "bram18", "dsp"] as const).map(percent);
  return ["of the board", lut, "", memory, "", ff, "", "", bram18, "", dsp, ""].map((cell) => cell ?? "");
}

const amountText = (amount: number | null | undefined): string =>
  amount == null ? "-" : (Number.isInteger(amount * 2) ? amount : Math.round(amount)).toLocaleString("en");

function pathText(path: LongestPath | null | undefined): string {
  if (!path) return "-";
  const { luts, chains, carry8, from, to } = path;
  const carries = chains > 0 ? ` + ${chains} ${chains === 1 ? "chain" : "chains"} of ${carry8} CARRY8` : "";
  return `${luts} LUT${carries}, ${from} to ${to}`;
}

/** Numbers to the right, words to the left. */
function aligned(rows: readonly (readonly string[])[]): string {
  const last = HEADINGS.length - 1;
  const widths = HEADINGS.map((_, c) => Math.max(...rows.map((cells) => cells[c]?.length ?? 0)));
  const pad = (cell: string, c: number) =>
    c === 0 || c === last ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0);
  return rows.map((cells) => cells.map(pad).join("  ").trimEnd()).join("\n");
}
