/** K-hot weights and parameters are shifts and additions, at most K of them, in both back ends, on every bit. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { generateHls } from "../src/codegen/hls/index.ts";
import { fixed, signedInteger } from "../src/ir/data-type.ts";
import type { Graph } from "../src/ir/graph.ts";
import { layers } from "../src/layers/index.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { imageRunner } from "../src/reference/image.ts";
import { randomImages } from "../src/reference/random-images.ts";
import { GraphBuilder } from "./networks/graph-builder.ts";
import { randomTensor } from "./properties/random-numbers.ts";
import { cosimProblem } from "./tools/cosim-model.ts";
import { HLS_OPTIONS, hasCompiler, runHls } from "./tools/run-hls.ts";
import { temporaryFolder } from "./tools/temporary.ts";

const MOST_TERMS = 3;
const CAST = "ap_fixed<14,8,AP_RND,AP_SAT>";

/** Convolution, affine, prelu and dense; each with signed or unsigned digits. */
function network(terms: number): Graph {
  const builder = new GraphBuilder("hot", { name: "x", shape: [3, 4, 4], type: signedInteger(8) });
  const hot = (shape: number[], signed: boolean, seed: number) =>
    builder.tensor(randomTensor(shape, { encoding: "k-hot", type: fixed(signed, 9, 4), terms, seed }));
  builder.node("conv2d", "a", ["x"], { weight: hot([4, 3, 2, 2], true, 1), bias: hot([4], true, 2) });
  builder.node("affine", "b", ["a"], { scale: hot([4], true, 3), bias: hot([4], true, 4), type: CAST });
  builder.node("prelu", "c", ["b"], { slope: hot([4], false, 5), type: CAST });
  builder.node("dense", "d", ["c"], { weight: hot([5, 36], false, 6), bias: hot([1], false, 7) });
  return builder.graph("d", layers);
}

/** Scales with a single power of two each, of many. */
function scales(): Graph {
  const builder = new GraphBuilder("scaled", { name: "x", shape: [16, 2, 2], type: signedInteger(8) });
  const scale = builder.tensor(randomTensor([16], { encoding: "k-hot", type: fixed(true, 8, 4), terms: 1, seed: 8 }));
  const bias = builder.tensor(randomTensor([16], { encoding: "fixed", type: fixed(true, 12, 4), terms: 1, seed: 9 }));
  builder.node("affine", "a", ["x"], { scale, bias, type: "ap_fixed<16,10,AP_RND,AP_SAT>" });
  return builder.graph("a", layers);
}

/** One product after the other, or many at once. */
const SLOW = 5000;
const FAST = 40;

const scheduledOf = (graph: Graph, targetCycles: number) => schedule(optimize(graph), { targetCycles });

test.each([1, 2, MOST_TERMS])("%i terms: no digit table has more of them", (terms) => {
  const texts = [...generateHls(scheduledOf(network(terms), SLOW), layers, HLS_OPTIONS).values()];
  const counts = texts.flatMap((text) => [
    ...[...String(text).matchAll(/digit_weight<(\d+),/g)].map(([, count]) => Number(count)),
    ...[...String(text).matchAll(/_digits(?:\[\d+\])*\[(\d+)\] =/g)].map(([, count]) => Number(count)),
  ]);
  expect(counts.length).toBeGreaterThanOrEqual(terms === 1 ? 2 : 4);
  expect(Math.max(...counts)).toBeLessThanOrEqual(terms);
});

const images = (graph: Graph) => randomImages(graph.input, 3, 5);

describe.skipIf(!hasCompiler())("csim", () => {
  test.each([
    [1, FAST],
    [MOST_TERMS, SLOW],
  ])("%i terms: C++ as HLS sees it equals the reference", { timeout: 120_000 }, (terms, cycles) => {
    const graph = network(terms);
    const expected = images(graph).map((image) => imageRunner(graph, layers, [])(image).output);
    const scheduled = scheduledOf(graph, cycles);
    const defines = ["BITLOOM_AS_SYNTHESIZED"];
    expect(runHls(scheduled, images(graph), temporaryFolder(), { defines })).toEqual(expected);
  });
});

const verilator = await findTool(VERILATOR).catch(() => undefined);

describe.skipIf(!verilator)(verilator ? "Verilator" : "skipped: there is no Verilator", () => {
  test.each([
    ["2 terms", () => network(2)],
    ["a term at many places", scales],
  ])("%s: SystemVerilog equals the reference", { timeout: 600_000 }, async (_, build) => {
    const graph = build();
    const folder = join(temporaryFolder(), "core");
    mkdirSync(folder);
    const one = { scheduled: scheduledOf(graph, SLOW), images: images(graph), folder, verilator: verilator! };
    expect(await cosimProblem(graph, one, [1])).toBeUndefined();
  });
});
