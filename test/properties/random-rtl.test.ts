/** Random networks by Verilator, with and without back-pressure, against the reference. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { findTool } from "../../src/build/tool.ts";
import { hasRtl } from "../../src/codegen/rtl/support.ts";
import { layers } from "../../src/layers/index.ts";
import { VERILATOR } from "../../src/opentools/verilator-tool.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { cosimProblem } from "../tools/cosim-model.ts";
import { foldingsFrom, imagesFrom, randomGraph } from "./random-graph.ts";

/** Compiling one takes half a minute; SEEDS=1,2,3 runs others. */
const SEEDS = (process.env["SEEDS"] ?? "35,36,50,58").split(",").map(Number);
const FRAMES = 3;
const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-rtl-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!verilator)(verilator ? "random networks in Verilator" : "skipped: there is no Verilator", () => {
  test.each(SEEDS)("seed %i", { timeout: 600_000 }, async (seed) => {
    const supported = randomGraph(8).filter(({ nodes }) => nodes.every((node) => hasRtl(layers, node)));
    const [graph] = fc.sample(supported, { seed, numRuns: 1 });
    if (!graph) throw new Error("no network");
    const optimized = optimize(graph);
    const scheduled = schedule(optimized, { foldings: foldingsFrom(optimized, seed) });
    const images = imagesFrom(graph, seed, FRAMES).map(({ data }) => data);
    const one = { scheduled, images, folder: join(folder, `${seed}`), verilator: verilator! };
    const problem = await cosimProblem(graph, one, [seed]);
    expect(problem, graph.nodes.map(({ kind }) => kind).join(" ")).toBeUndefined();
  });
});
