/** Files that ship with the package beside its code: kernels, templates, headers, boards. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json: the compiled code in dist/ uses the same files as the sources. */
const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
})();

export const packageFile = (path: string): string => join(root, path);
