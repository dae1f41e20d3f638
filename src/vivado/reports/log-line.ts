/** One line of a log: `SEVERITY: [Family id-number] text` (VENDOR.md §1.6). */

type Severity = "fatal" | "error" | "critical warning" | "warning" | "info";

export interface LogLine {
  readonly severity: Severity;
  /** `Vivado_Tcl 4-78`, `COSIM-4`; null for a message without one (`ERROR: CSIM Failed`). */
  readonly code: string | null;
  readonly text: string;
}

const SEVERITIES: Readonly<Record<string, Severity>> = {
  FATAL_ERROR: "fatal",
  ERROR: "error",
  "CRITICAL WARNING": "critical warning",
  WARNING: "warning",
  INFO: "info",
  // Vivado HLS 2015.
  "@E": "error",
  "@W": "warning",
  "@I": "info",
};

const MESSAGE =
  /^(FATAL_ERROR:|ERROR:|CRITICAL WARNING:|WARNING:|INFO:|@[EWI](?= \[))\s*(?:\[((?:[\w+-]+ )?[\w+-]*\d[\w+-]*)\]\s*)?(.*)/s;

/** Undefined for what is no message: continuation lines, and a message behind a program's own output on one line. */
export function parseLogLine(line: string): LogLine | undefined {
  const [, mark, code, text] = MESSAGE.exec(line) ?? [];
  const severity = mark === undefined ? undefined : SEVERITIES[mark.replace(/:$/, "")];
  return severity && { severity, code: code ?? null, text: text?.trim() ?? "" };
}
