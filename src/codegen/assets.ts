/** Files that ship with the package beside its code: kernels, templates, boards. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json: the compiled code in dist/ uses the same files in src/. */
const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
})();

const texts = new Map<string, string>();

/** The text of a file, by its path in the package. */
export function asset(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(root, path), "utf8");
  texts.set(path, text);
  return text;
}

export const hasAsset = (path: string): boolean => texts.has(path) || existsSync(join(root, path));
