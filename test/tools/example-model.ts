/** The complete example of the documentation, as the text of its model.json. */
import { readFileSync } from "node:fs";
import { packageFile } from "../../src/package-root.ts";

export function exampleModel(): string {
  const page = readFileSync(packageFile("docs/model-format.md"), "utf8");
  const [, model] = /```json\n(\{\n {2}"format"[\s\S]*?)```/.exec(page) ?? [];
  if (model === undefined) throw new Error("docs/model-format.md has no complete example");
  return model;
}
