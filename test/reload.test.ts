/** Weights that are loaded while frames go through. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { signedInteger, unsignedInteger } from "../src/ir/data-type.ts";
import type { Graph } from "../src/ir/graph.ts";
import { layers } from "../src/layers/index.ts";
import { saveModel } from "../src/model/save.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { cosim } from "../src/pipeline.ts";
import { GraphBuilder } from "./networks/graph-builder.ts";
import { networkOf } from "./properties/random-cosim.ts";
import { reloadProblem } from "./properties/random-reload.ts";
import { temporaryFolder } from "./tools/temporary.ts";

/** Convolutions, gated ones and dense layers, of all encodings, padded and not, with and without an accumulator's type. */
const SEEDS = [2, 13, 29, 36, 46];
const verilator = await findTool(VERILATOR).catch(() => undefined);
const why = verilator ? "" : " (skipped: there is no Verilator)";

/** Bits whose padded taps are absent, then numbers; the constants of `bias` stay. */
function twoLayers(bias = 3): Graph {
  const build = new GraphBuilder("two", { name: "x", shape: [2, 4, 4], type: unsignedInteger(8) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
  build.node("thermometer", "code", ["x"], { levels: 4, step: 64 });
  build.node("conv2d", "conv", ["code"], { weight: build.bipolar([4, 8, 3, 3]), bias: build.constant(bias), padding });
  build.node("dense", "scores", ["conv"], { weight: build.fixed([4, 64], -7 - bias, bias) });
  return build.graph("scores", layers);
}

describe.skipIf(!verilator)(`weights that are loaded${why}`, { timeout: 600_000 }, () => {
  test.each(SEEDS)("random network %i", async (seed) => {
    const problem = reloadProblem(networkOf(seed), { seed, folder: temporaryFolder(), verilator: verilator! });
    expect(await problem).toBeUndefined();
  });

  test("a tensor of two layers, of which one lacks taps at the borders", async () => {
    const build = new GraphBuilder("shared", { name: "x", shape: [4, 4, 4], type: signedInteger(8) });
    const weight = build.bipolar([4, 4, 3, 3]);
    const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
    build.node("quantize", "bits", ["x"], { type: "bipolar" });
    build.node("conv2d", "padded", ["bits"], { weight, padding });
    build.node("quantize", "signs", ["padded"], { type: "bipolar" });
    build.node("conv2d", "inner", ["signs"], { weight });
    const foldings = new Map(["padded", "inner"].map((name) => [name, { pe: 2, simd: 12 }]));
    const of = { seed: 1, foldings, folder: temporaryFolder(), verilator: verilator! };
    expect(await reloadProblem(build.graph("inner", layers), of)).toBeUndefined();
  });

  test("block RAM, and memories of several slices", async () => {
    const folder = temporaryFolder();
    const foldings = new Map(
      Object.entries({
        conv: { pe: 2, simd: 24, blockRam: true },
        scores: { pe: 1, simd: 4, blockRam: true },
      } as const),
    );
    expect(await reloadProblem(twoLayers(), { seed: 1, foldings, folder, verilator: verilator! })).toBeUndefined();
    const stages = ["conv", "scores"].map((name) => readFileSync(join(folder, `rtl/stages/${name}.sv`), "utf8"));
    for (const stage of stages) expect(stage).toContain('(* ram_style = "block" *) logic [31:0] weights_0');
  });

  test("those of another model, after its own", async () => {
    const folder = temporaryFolder();
    const [model, other, foreign] = ["model", "other", "foreign"].map((name) => join(folder, `${name}.json`));
    const network = twoLayers();
    const { parameters } = network;
    const changed = new Map(
      [...parameters].map(([name, tensor]) => [name, tensor.shape.length > 1 ? reversed(tensor) : tensor]),
    );
    await saveModel(network, model!);
    await saveModel({ ...network, parameters: changed }, other!);
    await saveModel(twoLayers(4), foreign!);
    const images = { seed: 1, frames: 3 };
    const settings = { reloadableWeights: true, targetCycles: 1000, taps: true, stalls: 1 };
    const { report, results } = await cosim(model!, images, { ...settings, reload: other });
    expect(report).toMatchObject({ equivalent: true, frames: 6 });
    expect(results.raws[3]).not.toEqual(results.raws[0]);
    await expect(cosim(model!, images, { ...settings, reload: foreign })).rejects.toThrow(
      "tensor t1 is not as in the design",
    );
    await expect(cosim(model!, images, { stalls: 0, reload: other })).rejects.toThrow("no weights that can be loaded");
  });
});

const reversed = <T extends { readonly data: { slice(): { reverse(): unknown } } }>(tensor: T): T => ({
  ...tensor,
  data: tensor.data.slice().reverse(),
});
