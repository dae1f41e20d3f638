/**
 * test/golden/passes/<pass>/<case>: model.json, and the graph before and after the pass; for `schedule` the scheduled graph.
 * `UPDATE=1` writes them anew.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Graph } from "../ir/graph.ts";
import { printGraph, printSchedule } from "../ir/print.ts";
import { layers } from "../layers/index.ts";
import { loadModel } from "../model/load.ts";
import { passes, schedule } from "./index.ts";

const root = new URL("../../test/golden/passes/", import.meta.url);

function golden(name: string, show: (graph: Graph) => string): void {
  const folder = new URL(`${name}/`, root);
  describe(name, () => {
    for (const test of readdirSync(folder))
      it(test, async () => {
        const expected = new URL(`${test}/expected.txt`, folder);
        const graph = await loadModel(fileURLToPath(new URL(`${test}/model.json`, folder)));
        const text = `${printGraph(graph, layers)}\n-> ${name}\n\n${show(graph)}`;
        if (process.env["UPDATE"]) writeFileSync(expected, text);
        expect(text).toBe(readFileSync(expected, "utf8"));
      });
  });
}

for (const { name, run } of passes) golden(name, (graph) => printGraph(run(graph, layers), layers));
golden("schedule", (graph) => printSchedule(schedule(graph, { targetCycles: 150 }), layers));
