/** Everything that Bitloom says to a user about their input: one function for each code. */
export * from "./diagnostics/build.ts";
export type { Speed } from "./diagnostics/designs.ts";
export * from "./diagnostics/designs.ts";
export type { Diagnostic } from "./diagnostics/diagnostic.ts";
export { DiagnosticError, formatDiagnostic, invariant } from "./diagnostics/diagnostic.ts";
export * from "./diagnostics/files.ts";
export * from "./diagnostics/images.ts";
export * from "./diagnostics/importers.ts";
export * from "./diagnostics/layers.ts";
export * from "./diagnostics/model.ts";
export * from "./diagnostics/netlists.ts";
