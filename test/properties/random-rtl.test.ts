import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findTool } from "../../src/build/tool.ts";
import { layers } from "../../src/layers/index.ts";
import { VERILATOR } from "../../src/opentools/verilator-tool.ts";
import { networkOf, randomCosim } from "./random-cosim.ts";

/**
 * Some that together have every kind, weights and rows of windows in block RAM (30), shared sums (296), signs that are constants (165) and
 * constants that overflow (721); `npm run bench:random-rtl` runs hundreds.
 */
const SEEDS = [1, 27, 29, 30, 35, 36, 37, 49, 50, 51, 54, 56, 58, 165, 296, 721];
const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-rtl-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the networks have every kind", () => {
  const kinds = SEEDS.flatMap((seed) => networkOf(seed).nodes.map(({ kind }) => kind));
  expect([...new Set(kinds)].sort()).toEqual([...layers.keys()].sort());
});

describe.skipIf(!verilator)(verilator ? "random networks in Verilator" : "skipped: there is no Verilator", () => {
  test.each(SEEDS)("seed %i", { timeout: 600_000 }, async (seed) => {
    expect(await randomCosim(seed, join(folder, `${seed}`), verilator!)).toBeUndefined();
  });
});
