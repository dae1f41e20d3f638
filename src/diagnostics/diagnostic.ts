/** What a diagnostic is. */

export interface Diagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** JSON path (`nodes[3].attributes.weight`), node name or file. */
  readonly path: string;
  readonly hint: string;
}

/** Thrown once with every problem that was found; exit code 1. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}

export function formatDiagnostic({ severity, code, message, path, hint }: Diagnostic): string {
  return `${severity}[${code}] ${path}: ${message}${hint ? `\n  hint: ${hint}` : ""}`;
}

/** For our own bugs only, never for a user's input; exit code 70. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`internal error: ${message}`);
}

export function error(code: string, path: string, message: string, hint: string): Diagnostic {
  return Object.freeze({ code, severity: "error", path, message, hint });
}

export function warning(code: string, path: string, message: string, hint: string): Diagnostic {
  return Object.freeze({ code, severity: "warning", path, message, hint });
}

export function didYouMean(nearest: string | undefined, otherwise: string): string {
  return nearest === undefined ? otherwise : `Did you mean "${nearest}"?`;
}
