/** A tool is missing or failed: what happened, where to look and what to do. Exit code 2. */

export type ToolFailure = "missing" | "failed" | "timeout" | "cancelled";

export interface ToolErrorDetails {
  readonly reason: ToolFailure;
  /** What was being done, such as the name of a step. */
  readonly step: string;
  readonly message: string;
  readonly command?: readonly string[];
  readonly exitCode?: number;
  readonly signal?: string;
  readonly log?: string;
  /** The lines of the log that matter. */
  readonly lines?: readonly string[];
  readonly hint: string;
}

export class ToolError extends Error {
  readonly details: ToolErrorDetails;

  constructor(details: ToolErrorDetails) {
    super(formatToolError(details));
    this.name = "ToolError";
    this.details = details;
  }
}

export function formatToolError({ reason, step, message, command, log, lines = [], hint }: ToolErrorDetails): string {
  return [
    `error[tool-${reason}] ${step}: ${message}`,
    ...lines.map((line) => `  | ${line}`),
    ...(command ? [`  command: ${command.map(quoted).join(" ")}`] : []),
    ...(log === undefined ? [] : [`  log: ${log}`]),
    `  hint: ${hint}`,
  ].join("\n");
}

/** So that the command can be pasted into a shell. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
