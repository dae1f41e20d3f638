/** What zod finds, as diagnostics. */
import { z } from "zod";
import type { Diagnostic } from "../diagnostics.ts";
import { invalidValue, missingKey, unknownKey } from "../diagnostics.ts";
import type { Report } from "../ir/layer.ts";
import { nearest } from "./nearest.ts";
import { formatPath } from "./path.ts";

type Path = readonly PropertyKey[];

/** The parsed value; undefined if it is wrong (all that is wrong is reported). `path` is the value's place in the file. */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, path: Path, report: Report): T | undefined {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  for (const issue of result.error.issues) for (const diagnostic of diagnose(issue, path, known)) report(diagnostic);
  return undefined;
}

function diagnose(issue: z.core.$ZodIssue, base: Path, known: readonly string[]): Diagnostic[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(formatPath([...path, key]), nearest(key, known)));
  if (issue.input === undefined && issue.code !== "custom") return [missingKey(formatPath(path))];
  return [invalidValue(formatPath(path), messageOf(issue))];
}

function messageOf(issue: z.core.$ZodIssue): string {
  const message = plain(issue.message);
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return `${message}${here(issue.input)}`;
  const alternatives = issue.errors.flatMap((errors) => errors.map((error) => plain(error.message)));
  return `${[...new Set(alternatives)].join(", or ")}${here(issue.input)}`;
}

/** Zod's message without its first words, which say what the code says. */
function plain(message: string): string {
  const text = message.replace(/^(Invalid input|Invalid option|Too small|Too big): /, "").replace(/, received .*$/, "");
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const here = (value: unknown): string => ` (here: ${show(value)})`;

/** A value for a message, cut where it is long. */
export function show(value: unknown): string {
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
