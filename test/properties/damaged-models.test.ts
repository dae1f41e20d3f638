/** Whatever a model file looks like, loading it gives a graph or diagnostics. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { DiagnosticError } from "../../src/diagnostics.ts";
import { layers } from "../../src/layers/index.ts";
import { loadModel } from "../../src/model/load.ts";
import type { Json } from "../tools/mutate-json.ts";
import { damaged } from "../tools/mutate-json.ts";
import { writeSampleFiles } from "../tools/sample-files.ts";
import { SAMPLE_MODEL } from "../tools/sample-model.ts";
import { temporaryFolder } from "../tools/temporary.ts";

const RUNS = Number(process.env["BITLOOM_RUNS"] ?? 400);

/** True if the model is sound in spite of all. */
async function loads(file: string): Promise<boolean> {
  try {
    await loadModel(file);
    return true;
  } catch (error) {
    // Anything else is a bug, and fails the test with its stack trace.
    if (!(error instanceof DiagnosticError)) throw error;
    expect(error.diagnostics.length).toBeGreaterThan(0);
    for (const { code, message, path, hint } of error.diagnostics)
      for (const text of [code, message, path, hint]) expect(text).toMatch(/^[^\n]+$/);
    return false;
  }
}

it("uses every layer kind", () => {
  const { nodes } = SAMPLE_MODEL as { nodes: { kind: string }[] };
  expect(new Set(nodes.map(({ kind }) => kind))).toEqual(new Set(layers.keys()));
});

it("gives diagnostics for damaged model files", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "model.json");
  writeSampleFiles(folder);
  writeFileSync(file, JSON.stringify(SAMPLE_MODEL));
  expect(await loads(file)).toBe(true);
  let sound = 0;
  const property = fc.asyncProperty(damaged(SAMPLE_MODEL as Json), async (text) => {
    writeFileSync(file, text);
    if (await loads(file)) sound++;
  });
  await fc.assert(property, { numRuns: RUNS, seed: Number(process.env["BITLOOM_SEED"] ?? 1) });
  expect(sound).toBeLessThan(RUNS / 2);
});

it("gives diagnostics for damaged files of weights", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "model.json");
  writeSampleFiles(folder);
  writeFileSync(file, JSON.stringify(SAMPLE_MODEL));
  const originals = ["sample.npz", "sample.safetensors"].map(
    (name) => [join(folder, name), readFileSync(join(folder, name))] as const,
  );
  const damage = fc.tuple(fc.constantFrom(...originals), fc.nat(), fc.nat(255), fc.boolean());
  const property = fc.asyncProperty(damage, async ([[path, bytes], place, byte, cut]) => {
    const at = place % bytes.length;
    const spoilt = Buffer.from(bytes);
    spoilt[at] = byte;
    writeFileSync(path, cut ? bytes.subarray(0, at) : spoilt);
    await loads(file);
    writeFileSync(path, bytes);
  });
  await fc.assert(property, { numRuns: RUNS, seed: 1 });
});
