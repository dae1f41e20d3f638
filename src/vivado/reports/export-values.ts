/** Values that the reports of HLS's own synthesis or implementation share: the accelerator alone, out of context (VENDOR.md §1.5). */
import { z } from "zod";
import { withDesign, withTargetClock, withTotal } from "../../report/compose.ts";
import { NO_RESOURCES, type NodeUsage, type ResourceReport, type Resources } from "../../report/resource-report.ts";
import { toNumber } from "./number.ts";

/** BRAM counts halves of 18 Kbit here, unlike in Vivado's own reports. */
const EXPORT_RESOURCES = ["SLICE", "LUT", "FF", "DSP", "BRAM", "URAM", "LATCH", "SRL", "CLB"] as const;
const amount = z.number().optional();

export const exportResourcesSchema = z.strictObject({
  SLICE: amount,
  LUT: amount,
  FF: amount,
  DSP: amount,
  BRAM: amount,
  URAM: amount,
  LATCH: amount,
  SRL: amount,
  CLB: amount,
});
export type ExportResources = z.infer<typeof exportResourcesSchema>;

export const instanceSchema = z.strictObject({
  name: z.string(),
  module: z.string().nullable(),
  depth: z.int(),
  used: exportResourcesSchema,
});
export type Instance = z.infer<typeof instanceSchema>;

export const stageSchema = z.enum(["synthesis", "implementation"]).nullable();
export type ExportStage = z.infer<typeof stageSchema>;

export function exportResources(textOf: (name: string) => string | undefined): ExportResources {
  const resources: ExportResources = {};
  for (const name of EXPORT_RESOURCES) {
    const value = toNumber(textOf(name));
    if (value !== undefined) resources[name] = value;
  }
  return resources;
}

/** Resources as `LUT:   773` lines. */
export function resourceLines(lines: readonly string[]): ExportResources | null {
  const texts = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^\s*([A-Z]+):\s+(\d+)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !texts.has(name)) texts.set(name, value);
  }
  const found = exportResources((name) => texts.get(name));
  return Object.keys(found).length > 0 ? found : null;
}

/** `Timing met`, `* Timing was met`, or one of them with `not`. */
export function timingVerdict(lines: readonly string[]): boolean | null {
  const verdict = lines
    .map((line) => /^[\s*]*Timing (?:was )?(not )?met\b/i.exec(line))
    .find((found) => found !== null);
  return verdict ? verdict[1] === undefined : null;
}

const resourcesOfExport = (found: ExportResources | null): Resources =>
  found === null
    ? NO_RESOURCES
    : {
        ...NO_RESOURCES,
        lut: found.LUT ?? null,
        ff: found.FF ?? null,
        bram18: found.BRAM ?? null,
        dsp: found.DSP ?? null,
        uram: found.URAM ?? null,
      };

export interface ExportTotals {
  readonly device: string | null;
  readonly stage: ExportStage;
  readonly used: ExportResources | null;
  readonly available: ExportResources | null;
  readonly targetNs: number | null;
  readonly achievedNs: number | null;
  readonly source: string;
}

export function foldExport(report: ResourceReport, totals: ExportTotals): ResourceReport {
  const named = withTargetClock(withDesign(report, null, totals.device), totals.targetNs);
  return withTotal(named, {
    stage: totals.stage ?? "synthesis",
    scope: "core",
    used: resourcesOfExport(totals.used),
    available: resourcesOfExport(totals.available),
    clockNs: totals.achievedNs,
    source: totals.source,
  });
}

export const nodesOfExport = (instances: readonly Instance[], stage: ExportStage): readonly NodeUsage[] =>
  instances.map((instance) => ({
    name: instance.name,
    module: instance.module ?? instance.name,
    stage: stage ?? "synthesis",
    scope: "core",
    used: resourcesOfExport(instance.used),
    latencyCycles: null,
    intervalCycles: null,
  }));
