/** The contract of a report kind. `index.ts` lists the kinds; shared code asks them and never names one. */
import type { z } from "zod";
import type { Diagnostic } from "../../diagnostics.ts";
import type { ResourceReport } from "../../report/resource-report.ts";
import { reportCut, reportIncomplete, reportMalformed, reportWithoutValues, unusable } from "./diagnostics.ts";
import { MAX_TEXT_BYTES, type Source } from "./source.ts";

export interface ParsedReport<K extends string = string, V = unknown> {
  readonly kind: K;
  /** `2023.2.2`; null where the report does not say it. */
  readonly toolVersion: string | null;
  /** As the report spells it: the same part has up to three spellings (VENDOR.md §1.6). */
  readonly device: string | null;
  readonly values: V;
  /** Warnings: the values are usable, but not all are there. */
  readonly diagnostics: readonly Diagnostic[];
}

export type Tool = "HLS" | "Vivado";

/** What a parser found. `values` are checked with the kind's schema before anyone sees them. */
interface Reading<V> {
  readonly toolVersion: string | null;
  readonly device: string | null;
  readonly values: V;
  /** Parts that the report should have and has not, beside the wanted values that are null. */
  readonly missing?: readonly string[];
}

export interface KindDefinition<K extends string, V extends object> {
  readonly kind: K;
  /** The tool whose version the report says. */
  readonly tool: Tool;
  readonly schema: z.ZodType<V>;
  /** Whether `read` goes through all lines of the file, so that no size is too large. */
  readonly streams?: boolean;
  /** Values without which the report is incomplete; with none of them it is no report. */
  readonly wanted: readonly (keyof V & string)[];
  /** Whether a file that starts like this is of the kind. */
  recognise(opening: string, source: Source): boolean;
  read(source: Source): Reading<V> | Promise<Reading<V>>;
  /** Adds what the values say to a report about the whole build. */
  fold(report: ResourceReport, values: V, parsed: ParsedReport<K, V>): ResourceReport;
}

export interface ReportKind<K extends string = string, V extends object = object> {
  readonly kind: K;
  readonly tool: Tool;
  recognise(source: Source): boolean;
  parse(source: Source): Promise<ParsedReport<K, V>>;
  /** The values are checked again, since they may come from a JSON file. */
  fold(report: ResourceReport, parsed: ParsedReport): ResourceReport;
}

export function defineKind<K extends string, V extends object>(definition: KindDefinition<K, V>): ReportKind<K, V> {
  return {
    kind: definition.kind,
    tool: definition.tool,
    recognise: (source) => definition.recognise(source.opening, source),
    parse: async (source) => check(definition, source, await definition.read(source)),
    fold: (report, parsed) => {
      const values = definition.schema.parse(parsed.values);
      return definition.fold(report, values, { ...parsed, kind: definition.kind, values });
    },
  };
}

function check<K extends string, V extends object>(
  definition: KindDefinition<K, V>,
  source: Source,
  reading: Reading<V>,
): ParsedReport<K, V> {
  const { kind, schema, wanted } = definition;
  const { toolVersion, device } = reading;
  const result = schema.safeParse(reading.values);
  if (!result.success) {
    const reason = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
    throw unusable(reportMalformed(source.path, kind, reason));
  }
  const values = result.data;
  const absent = wanted.filter((name) => values[name] === null || values[name] === undefined);
  if (wanted.length > 0 && absent.length === wanted.length) {
    throw unusable(reportWithoutValues(source.path, kind, wanted));
  }
  const missing = [...absent, ...(reading.missing ?? [])];
  const diagnostics = [
    ...(missing.length > 0 ? [reportIncomplete(source.path, kind, missing)] : []),
    ...(source.cut && !definition.streams ? [reportCut(source.path, MAX_TEXT_BYTES / 2 ** 20)] : []),
  ];
  return { kind, toolVersion, device, values, diagnostics };
}
