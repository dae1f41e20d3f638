/** Whatever the headers of a release look like, importing them gives a graph or diagnostics. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { DiagnosticError } from "../../src/diagnostics.ts";
import { importFracbnn } from "../../src/model/importers/fracbnn.ts";
import { writeFracbnnHeaders } from "../tools/fracbnn-headers.ts";
import { randomParameters } from "../tools/fracbnn-parameters.ts";
import { temporaryFolder } from "../tools/temporary.ts";

const RUNS = Number(process.env["BITLOOM_RUNS"] ?? 40);
const JUNK = [
  "",
  "{",
  "}",
  "[",
  "]",
  "=",
  ",",
  ";",
  "(",
  "/*",
  "//",
  '"',
  "'",
  "#",
  "#if 0\n",
  "-",
  "e",
  ".",
  "0x",
  "09",
  "N",
  "\n",
  "\u0000",
];

async function imports(folder: string): Promise<void> {
  try {
    await importFracbnn(folder);
  } catch (error) {
    // Anything else is a bug, and fails the test with its stack trace.
    if (!(error instanceof DiagnosticError)) throw error;
    expect(error.diagnostics.length).toBeGreaterThan(0);
  }
}

it("gives diagnostics for damaged headers", async () => {
  const folder = temporaryFolder();
  writeFracbnnHeaders(folder, randomParameters(1), { macros: true, noise: true });
  const files = ["weights_fracnet_64.h", "conv_weights.h", "dimension_def.h"].map((name) => join(folder, name));
  const originals = files.map((file) => [file, readFileSync(file, "utf8")] as const);
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const damage = fc.tuple(fc.constantFrom(...originals), place, fc.constantFrom(...JUNK), fc.nat(40), fc.boolean());
  const property = fc.asyncProperty(damage, async ([[file, text], share, junk, removed, cut]) => {
    const at = Math.floor(share * text.length);
    writeFileSync(file, text.slice(0, at) + junk + (cut ? "" : text.slice(at + removed)));
    await imports(folder);
    writeFileSync(file, text);
  });
  await fc.assert(property, { numRuns: RUNS, seed: 1 });
});
