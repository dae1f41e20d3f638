/**
 * Random networks through everything: what the compiled C++ gives after all passes must be what the reference gives before
 * them.
 *
 *     npm run bench:random -- [count = 2000] [first seed = 1]
 *
 * A failing network is kept in build/failures/SEED: model.json and the C++.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inParallel } from "../src/build/parallel.ts";
import { findTool } from "../src/build/tool.ts";
import { saveModel } from "../src/model/save.ts";
import { CXX } from "../src/opentools/cxx.ts";
import { packageFile } from "../src/package-root.ts";
import type { RandomModel } from "../test/properties/csim-batch.ts";
import { randomModel, simulateBatch } from "../test/properties/csim-batch.ts";

const BATCH = 40;

const [count = 2000, first = 1] = process.argv.slice(2).map(Number);
const compiler = await findTool(CXX);
const start = performance.now();
const kinds = new Map<string, number>();
let done = 0;
let failures = 0;

async function keep({ seed, graph, files }: RandomModel, problem: string): Promise<void> {
  failures++;
  const folder = packageFile(`build/failures/${seed}`);
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  await saveModel(graph, join(folder, "model.json"));
  console.error(`seed ${seed}: ${problem}\n  kept in build/failures/${seed}`);
}

async function runBatch(seed: number): Promise<void> {
  const seeds = Array.from({ length: Math.min(BATCH, first + count - seed) }, (_, i) => seed + i);
  const models = seeds.map(randomModel);
  const folder = mkdtempSync(join(tmpdir(), "bitloom-random-"));
  const verdicts = await simulateBatch(models, folder, compiler);
  for (const [model, problem] of verdicts) if (problem !== undefined) await keep(model, problem);
  for (const { graph } of models) for (const { kind } of graph.nodes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  rmSync(folder, { recursive: true });
  done += models.length;
  console.error(
    `${done} of ${count} networks, ${failures} failures, ${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
}

const starts = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => first + i * BATCH);
await inParallel(starts, availableParallelism(), runBatch);
console.log(`${count} networks (seeds ${first} to ${first + count - 1}), ${failures} failures, ${compiler.version}`);
console.log(
  [...kinds]
    .sort()
    .map(([kind, n]) => `${kind} ${n}`)
    .join(", "),
);
process.exitCode = failures > 0 ? 3 : 0;
