/** What the whole design takes, from the cost model to the placed and routed design. */
import type { BuildReport } from "../build-report.ts";
import { expectedOf } from "../build-report.ts";
import { share } from "../compose.ts";
import type { Resources, Total } from "../resource-report.ts";

export interface Measure {
  /** `cost model`, or the tool's stage. */
  readonly stage: "cost model" | Total["stage"];
  readonly label: string;
  readonly source: string;
  readonly used: Resources;
}

export const RESOURCES: readonly { readonly name: keyof Resources; readonly title: string }[] = [
  { name: "lut", title: "LUT" },
  { name: "lutram", title: "LUT as memory" },
  { name: "ff", title: "FF" },
  { name: "bram18", title: "BRAM18" },
  { name: "dsp", title: "DSP" },
  { name: "uram", title: "URAM" },
];

const ORDER: readonly Measure["stage"][] = ["cost model", "estimate", "netlist", "synthesis", "implementation"];

/** From the roughest to the surest. */
export function measures(report: BuildReport): readonly Measure[] {
  const totals = (report.resources?.totals ?? []).map(({ stage, scope, source, used }) => ({
    stage,
    label: `${stage}, ${scope === "core" ? "accelerator alone" : "whole system"}`,
    source,
    used,
  }));
  const all: Measure[] = [costModel(report), ...totals];
  return all.sort((a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage));
}

function costModel(report: BuildReport): Measure {
  const { lut, ff, bram18, dsp } = expectedOf(report);
  const used = { lut: Math.round(lut), lutram: null, ff: Math.round(ff), bram18, dsp, uram: null };
  return { stage: "cost model", label: "cost model of Bitloom", source: "before any tool ran", used };
}

/** The surest measure that says something about the resource. */
export const surest = (report: BuildReport, name: keyof Resources): Measure | undefined =>
  measures(report).findLast(({ used }) => used[name] !== null);

export const shareOf = (report: BuildReport, { used }: Measure, name: keyof Resources): number | null =>
  share(used, report.board.budget, name);
