/** `<top>_export.rpt`: the short text form, the only one in releases up to 2020 (VENDOR.md §1.5). */
import { z } from "zod";
import { exportResourcesSchema, foldExport, resourceLines, stageSchema, timingVerdict } from "./export-values.ts";
import { versionOf } from "./headers.ts";
import { toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { wholeLines } from "./source.ts";

const schema = z.strictObject({
  stage: stageSchema,
  used: exportResourcesSchema.nullable(),
  /** `CP required`, `CP achieved post-synthesis`, `CP achieved post-implementation`, in ns. */
  cp: z.record(z.string(), z.number()).nullable(),
  timingMet: z.boolean().nullable(),
});

export const exportShortRpt = defineKind({
  kind: "hls_export_short_rpt",
  tool: "Vivado",
  schema,
  wanted: ["used", "cp", "timingMet"],
  // HLS logs hold the same lines, but further down.
  recognise: (opening) => /^\s*(?:Implementation tool:|#=== Post-\w+ Resource usage ===)/.test(opening),
  read(source) {
    const text = source.text();
    const lines = wholeLines(text);
    const field = (name: string) =>
      lines.map((line) => new RegExp(`^${name}:\\s*(\\S.*?)\\s*$`).exec(line)?.[1]).find(Boolean);
    const post = /^#=== Post-(\w+) Resource usage ===/m.exec(text)?.[1];
    const values = {
      stage: post === undefined ? null : post === "Synthesis" ? ("synthesis" as const) : ("implementation" as const),
      used: resourceLines(lines),
      cp: readPeriods(lines),
      // The last line is whole as soon as it says so.
      timingMet: timingVerdict(text.split("\n")),
    };
    return { toolVersion: versionOf(field("Implementation tool")), device: field("Device target") ?? null, values };
  },
  fold: (report, values, { device, kind }) =>
    foldExport(report, {
      ...values,
      device,
      available: null,
      targetNs: values.cp?.["CP required"] ?? null,
      achievedNs: values.cp?.[`CP achieved post-${values.stage}`] ?? null,
      source: kind,
    }),
});

function readPeriods(lines: readonly string[]): Record<string, number> | null {
  const entries = lines.flatMap((line) => {
    const [, name, text] = /^(CP [a-z -]+):\s*(\S+)\s*$/.exec(line) ?? [];
    const value = toNumber(text);
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
