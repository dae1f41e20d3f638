/** What the report readers have to say: one function per code. Errors leave no values; warnings come with the values that are there. */
import { type Diagnostic, DiagnosticError } from "../../diagnostics.ts";

/** The error of a file from which nothing could be read. */
export const unusable = (diagnostic: Diagnostic): DiagnosticError => new DiagnosticError([diagnostic]);

export const reportUnreadable = (path: string, reason: string): Diagnostic => ({
  code: "report-unreadable",
  severity: "error",
  message: `the file cannot be read: ${reason}`,
  path,
  hint: "Check the path and the permissions.",
});

export const reportEmpty = (path: string): Diagnostic => ({
  code: "report-empty",
  severity: "error",
  message: "the file is empty",
  path,
  hint: "The tool was probably stopped before it wrote the report: read its log, then run the step again.",
});

export const reportUnknown = (path: string): Diagnostic => ({
  code: "report-unknown",
  severity: "error",
  message: "the content is no report or log that Bitloom knows",
  path,
  hint: "Name a build folder, or a report or log of Vivado or Vitis HLS (docs/reports.md).",
});

export const reportTooLarge = (path: string, limitMiB: number): Diagnostic => ({
  code: "report-too-large",
  severity: "error",
  message: `the XML report is larger than ${limitMiB} MiB, which is more than can be parsed in memory`,
  path,
  hint: "Give the .rpt of the same step, or the XML of the top function alone (<top>_csynth.xml).",
});

export const reportMalformed = (path: string, kind: string, reason: string): Diagnostic => ({
  code: "report-malformed",
  severity: "error",
  message: `the ${kind} report is cut short or damaged: ${reason}`,
  path,
  hint: "Run the step again, or copy the report again from the machine that made it.",
});

export const reportWithoutValues = (path: string, kind: string, wanted: readonly string[]): Diagnostic => ({
  code: "report-without-values",
  severity: "error",
  message: `the ${kind} report holds none of its values (${wanted.join(", ")})`,
  path,
  hint: "The file is cut short, or in a layout of a release that Bitloom has not seen.",
});

export const reportIncomplete = (path: string, kind: string, missing: readonly string[]): Diagnostic => ({
  code: "report-incomplete",
  severity: "warning",
  message: `the ${kind} report does not hold: ${missing.join(", ")}`,
  path,
  hint: "The values that are there were read. If the file was cut short, run the step again.",
});

export const reportCut = (path: string, limitMiB: number): Diagnostic => ({
  code: "report-cut",
  severity: "warning",
  message: `only the first ${limitMiB} MiB were read`,
  path,
  hint: "The values of a report stand near its start; what comes later in the file was not looked at.",
});
