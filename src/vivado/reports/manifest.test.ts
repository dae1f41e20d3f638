/** Every real report in ../shared/reports parses to the values of its MANIFEST.json. docs/reports.md has this mapping as a table. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type ParsedReport, parseReportFile } from "./index.ts";

const FOLDER = new URL("../../../../shared/reports/", import.meta.url);
const MANIFEST = new URL("MANIFEST.json", FOLDER);

const record = z.record(z.string(), z.unknown());
const manifestSchema = z.object({
  fixtures: z.array(
    z.object({
      file: z.string(),
      kind: z.string(),
      toolVersion: z.string().nullable(),
      device: z.string().nullable(),
      expected: record,
    }),
  ),
});

const objects = z.array(record);

/** Our values under the manifest's names, where they differ. */
const RENAMED: Readonly<Record<string, (values: Record<string, unknown>) => Record<string, unknown>>> = {
  hls_transaction_rpt: (values) => ({
    transactions: objects.parse(values["transactions"]).map(({ latency, interval }) => [latency, interval]),
  }),
  hls_export_rpt: (values) => ({ ...values, ...record.parse(values["used"]) }),
  hls_export_short_rpt: (values) => ({ ...values, ...record.parse(values["used"]) }),
  vivado_timing: (values) => ({
    ...values,
    // The manifest lists at most three clocks.
    clocks: objects
      .parse(values["clocks"])
      .slice(0, 3)
      .map((clock) => Object.values(clock)),
  }),
  vivado_drc: (values) => ({
    ...values,
    rules: objects.parse(values["rules"]).map(({ rule, severity, count }) => [rule, severity, count]),
  }),
};

const underManifestNames = ({ kind, values }: ParsedReport): Record<string, unknown> =>
  RENAMED[kind]?.(record.parse(values)) ?? record.parse(values);

describe.skipIf(!existsSync(MANIFEST))("real reports (skipped where ../shared/reports is absent)", () => {
  const { fixtures } = existsSync(MANIFEST)
    ? manifestSchema.parse(JSON.parse(readFileSync(MANIFEST, "utf8")))
    : { fixtures: [] };

  it.each(fixtures)("$file", async ({ file, kind, toolVersion, device, expected }) => {
    const parsed = await parseReportFile(new URL(file, FOLDER).pathname);
    expect(parsed.kind).toBe(kind);
    expect(parsed.diagnostics).toEqual([]);
    expect(underManifestNames(parsed)).toMatchObject(expected);
    if (device !== null) expect([device, null]).toContain(parsed.device);
    if (toolVersion !== null) expect(parsed.toolVersion).toBe(toolVersion.replace(/^v\./, ""));
  });
});
