/** Random networks of all kinds and foldings have no product of two run-time values, in C++ and in SystemVerilog. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findTool } from "../../src/build/tool.ts";
import { generateHls } from "../../src/codegen/hls/index.ts";
import { generateRtl } from "../../src/codegen/rtl/index.ts";
import type { ScheduledGraph } from "../../src/ir/schedule.ts";
import { layers } from "../../src/layers/index.ts";
import { countMultiplications, GCC } from "../../src/opentools/multiplications.ts";
import { countRtlMultiplications } from "../../src/opentools/yosys/multiplications.ts";
import { YOSYS } from "../../src/opentools/yosys/tool.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { temporaryFolder } from "../tools/temporary.ts";
import { foldingsFrom, randomGraph } from "./random-graph.ts";

const [gcc, yosys] = await Promise.all([GCC, YOSYS].map((tool) => findTool(tool).catch(() => undefined)));
const isGcc = gcc !== undefined && GCC.versionPattern.test(gcc.version);
const SEEDS = [3, 5, 8, 11];

const scheduled = SEEDS.map((seed) => {
  const [graph] = fc.sample(randomGraph(), { seed, numRuns: 1 });
  const optimized = optimize(graph as NonNullable<typeof graph>);
  return schedule(optimized, { foldings: foldingsFrom(optimized, seed) });
});

async function countInCpp(network: ScheduledGraph): Promise<number> {
  const folder = temporaryFolder();
  const options = { axiStream: false, allowDsp: false, clockMegahertz: 250, part: "none", cosimFrames: 1 };
  const files = generateHls(network, layers, options);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const units = [...files.keys()].filter((path) => /^src\/.*\.cpp$/.test(path));
  writeFileSync(join(folder, "all.cpp"), units.map((unit) => `#include "${unit}"\n`).join(""));
  const counts = await countMultiplications(folder, ["all.cpp"], { gcc: gcc as NonNullable<typeof gcc>, logs: folder });
  return counts.get("all.cpp") as number;
}

describe.skipIf(!isGcc)(isGcc ? "in C++" : "skipped: there is no GCC", () => {
  it("there is none", { timeout: 120_000 }, async () => {
    for (const [i, network] of scheduled.entries()) expect(await countInCpp(network), `seed ${SEEDS[i]}`).toBe(0);
  });
});

describe.skipIf(!yosys)(yosys ? "in SystemVerilog" : "skipped: there is no Yosys", () => {
  it("there is none", { timeout: 120_000 }, async () => {
    for (const [i, network] of scheduled.entries()) {
      const log = join(temporaryFolder(), "log");
      const options = { yosys: yosys as NonNullable<typeof yosys> };
      const counts = await countRtlMultiplications(generateRtl(network, layers), network.graph.name, log, options);
      expect([...counts], `seed ${SEEDS[i]}`).toEqual([]);
    }
  });
});
