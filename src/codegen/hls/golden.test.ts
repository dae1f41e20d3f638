/** test/golden/hls/small: the project of a small network, without the kernels. `UPDATE=1` writes it anew. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallNetwork } from "../../../test/networks/small.ts";
import { HLS_OPTIONS } from "../../../test/tools/run-hls.ts";
import { layers } from "../../layers/index.ts";
import { packageFile } from "../../package-root.ts";
import { schedule } from "../../passes/index.ts";
import { generateHls } from "./index.ts";

const folder = packageFile("test/golden/hls/small");

const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

describe("the project of a small network", () => {
  const scheduled = schedule(smallNetwork(), { targetCycles: 100 });
  const project = [...generateHls(scheduled, layers, HLS_OPTIONS)].filter(([path]) => !path.startsWith("src/kernels/"));
  if (process.env["UPDATE"]) {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of project) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  it("has these files", () => expect(project.map(([path]) => path).sort()).toEqual(filesIn(folder)));
  it.each(project)("%s", (path, text) => expect(text).toBe(readFileSync(join(folder, path), "utf8")));
});
