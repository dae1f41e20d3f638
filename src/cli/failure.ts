/** A failure as text, as JSON and as an exit code (DESIGN.md §7). */
import { ToolError } from "../build/tool-error.ts";
import { DiagnosticError, formatDiagnostic } from "../diagnostics.ts";
import { INTERRUPTED } from "./interrupt.ts";
import type { Paint } from "./output.ts";

export const NOT_EQUIVALENT = 3;

export function exitCodeOf(error: unknown): number {
  if (error instanceof DiagnosticError) return 1;
  if (error instanceof ToolError) return error.details.reason === "cancelled" ? INTERRUPTED : 2;
  return 70;
}

export function failureJson(error: unknown): object {
  if (error instanceof DiagnosticError) return { diagnostics: error.diagnostics };
  if (error instanceof ToolError) return { tool: error.details };
  return { bug: error instanceof Error ? error.message : String(error) };
}

export function failureText(error: unknown, paint: Paint, debug: boolean): string {
  if (error instanceof DiagnosticError)
    return error.diagnostics.map((diagnostic) => firstWordPainted(formatDiagnostic(diagnostic), paint)).join("\n");
  if (error instanceof ToolError) {
    const { reason, step } = error.details;
    return reason === "cancelled" ? `${paint.warn("cancelled")}: ${step}` : firstWordPainted(error.message, paint);
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return [
    `${paint.bad("bug")}: ${message}`,
    ...(debug ? [stack ?? ""] : []),
    `  This is a mistake of Bitloom's, not of yours: please report it${debug ? "" : " with what --debug prints"}.`,
  ].join("\n");
}

const firstWordPainted = (text: string, paint: Paint): string =>
  text.replace(/^(?:error|warning)\[[\w-]+\]/, (word) => (word.startsWith("e") ? paint.bad(word) : paint.warn(word)));
