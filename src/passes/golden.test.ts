/** test/golden/passes/<pass>/<case>: model.json, and the graph before and after the pass. `UPDATE=1` writes it anew. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { printGraph } from "../ir/print.ts";
import { verify } from "../ir/verify.ts";
import { layers } from "../layers/index.ts";
import { loadModel } from "../model/load.ts";
import { passes } from "./index.ts";

const root = new URL("../../test/golden/passes/", import.meta.url);

for (const { name, run } of passes)
  describe(name, () => {
    const folder = new URL(`${name}/`, root);
    for (const test of existsSync(folder) ? readdirSync(folder) : [])
      it(test, async () => {
        const model = new URL(`${test}/model.json`, folder);
        const expected = new URL(`${test}/expected.txt`, folder);
        const graph = await loadModel(model.pathname);
        const after = run(graph, layers);
        const text = `${printGraph(graph, layers)}\n-> ${name}\n\n${printGraph(after, layers)}`;
        if (process.env["UPDATE"]) writeFileSync(expected, text);
        expect(text).toBe(readFileSync(expected, "utf8"));
        expect(verify(after, layers)).toEqual([]);
      });
  });
