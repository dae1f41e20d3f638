/** Files that ship with the package beside its code: kernels, templates, boards. */
import { existsSync, readFileSync } from "node:fs";
import { packageFile } from "../package-root.ts";

const texts = new Map<string, string>();

/** The text of a file, by its path in the package. */
export function asset(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(packageFile(path), "utf8");
  texts.set(path, text);
  return text;
}

export const hasAsset = (path: string): boolean => texts.has(path) || existsSync(packageFile(path));
