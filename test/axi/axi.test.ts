/** Accelerators behind AXI in Verilator: registers, bursts, streams, several runs, against the reference. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCommand } from "../../src/build/command.ts";
import { findTool } from "../../src/build/tool.ts";
import { decodePort, encodePort, frameWords } from "../../src/codegen/port-layout.ts";
import { generateAxi } from "../../src/codegen/rtl/axi.ts";
import { generateRtl } from "../../src/codegen/rtl/index.ts";
import { isLoadable, loadedWords } from "../../src/codegen/rtl/loading.ts";
import { BIPOLAR, fixed } from "../../src/ir/data-type.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { streamOf } from "../../src/ir/graph.ts";
import type { ScheduledGraph } from "../../src/ir/schedule.ts";
import type { Raws } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { VERILATOR } from "../../src/opentools/verilator-tool.ts";
import { packageFile } from "../../src/package-root.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { withReloadableWeights, withWeightsOf } from "../../src/passes/reloadable.ts";
import { compareStream } from "../../src/reference/compare.ts";
import { imageRunner } from "../../src/reference/image.ts";
import { GraphBuilder } from "../networks/graph-builder.ts";
import { imagesFrom } from "../properties/random-graph.ts";
import { changedWeights } from "../properties/random-reload.ts";

const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-axi-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Numbers of 12 bits, 3 to a beat, from words of 4; nibbles to words of 8. */
function nibbles(): Graph {
  const build = new GraphBuilder("nibbles", { name: "image", shape: [3, 9, 7], type: fixed(true, 12, 7) });
  const cast = build.node("quantize", "nibble", ["image"], { type: "ap_fixed<4,3,AP_RND,AP_SAT>" });
  return build.graph(cast, layers);
}

/** Signs, from words of 8; numbers of 20 bits to words of 2. */
function signs(): Graph {
  const build = new GraphBuilder("signs", { name: "image", shape: [5, 3, 3], type: BIPOLAR });
  const [scale, bias] = [build.fixed([5], 4, 55), build.fixed([5])];
  const out = build.node("affine", "scaled", ["image"], { scale, bias, type: "ap_fixed<20,12>" });
  return build.graph(out, layers);
}

/** Weights, in memories that can be loaded. */
function products(): Graph {
  const build = new GraphBuilder("products", { name: "image", shape: [2, 2, 2], type: fixed(false, 8, 0) });
  return withReloadableWeights(
    build.graph(build.node("dense", "sums", ["image"], { weight: build.fixed([4, 8]) }), layers),
    layers,
  );
}

const [NIBBLES, SIGNS, PRODUCTS] = [nibbles(), signs(), products()];
const cases = [
  { graph: NIBBLES, axiStream: false },
  { graph: SIGNS, axiStream: true },
  { graph: PRODUCTS, axiStream: false },
  { graph: PRODUCTS, axiStream: true },
];
const signOf = (raw: number | bigint) => (raw > 0 ? 1 : -1) as never;
/** Frames of each run. */
const RUNS = [3, 1, 0, 5];
/** After the first runs, where weights can be loaded. */
const LOAD_AFTER = 2;
const PE = new Map([
  ["nibble", { pe: 3, simd: 1 }],
  ["scaled", { pe: 5, simd: 1 }],
  ["sums", { pe: 2, simd: 4 }],
]);

describe.skipIf(!verilator)(verilator ? "accelerators behind AXI" : "skipped: there is no Verilator", () => {
  test.each(cases)("$graph.name, streams: $axiStream", { timeout: 600_000 }, async ({ graph, axiStream }) => {
    const scheduled = schedule(optimize(graph), { foldings: PE });
    const here = join(folder, `${graph.name}-${axiStream}`);
    const program = await build(here, scheduled, axiStream);
    const images = imagesFrom(graph, 7, 5).map(({ data }) => (graph === SIGNS ? data.map(signOf) : data) as Raws);
    writeFileSync(join(here, "input.bin"), encodePort(images, graph.input));
    const output = streamOf(scheduled.graph, scheduled.graph.output);
    const other = changedWeights(graph, 3);
    const words = loadedWords({ ...scheduled, graph: withWeightsOf(scheduled.graph, other) });
    writeFileSync(join(here, "weights.bin"), words);
    const loads = words.length > 0 ? LOAD_AFTER : RUNS.length;
    const expected = [graph, other].map((network) => {
      const run = imageRunner(network, layers, []);
      return images.map((image) => run(image).output);
    });
    const runs = [...RUNS.slice(0, loads), ...(words.length > 0 ? ["L"] : []), ...RUNS.slice(loads)];
    for (const seed of [0, 1, 2]) {
      const sizes = [graph.input, output].map((stream) => `${frameWords(stream)}`);
      await command(here, "bench", program, ["input.bin", "output.bin", ...sizes, `${seed}`, ...runs.map(String)]);
      const frames = decodePort(readFileSync(join(here, "output.bin")), output);
      const wanted = RUNS.flatMap((count, i) => expected[i < loads ? 0 : 1]!.slice(0, count));
      expect(compareStream(graph.output, output, wanted, frames).first, `seed ${seed}`).toBeUndefined();
      const counters = readFileSync(join(here, "bench.log"), "utf8").trim().split("\n");
      const counted = counters.map((line) => line.split(" ").map(Number));
      expect(counted.map(([frames]) => frames)).toEqual(RUNS);
      for (const [frames, cycles, waited, held, all] of counted as [number, number, number, number, number][]) {
        if (frames === 0) continue;
        expect(cycles).toBeLessThan(all);
        if (seed > 0) expect(waited).toBeGreaterThan(0);
        expect(held).toBeLessThan(all);
      }
    }
  });
});

async function build(here: string, scheduled: ScheduledGraph, axiStream: boolean): Promise<string> {
  for (const [path, text] of [...generateRtl(scheduled, layers), ...generateAxi(scheduled, { axiStream })]) {
    mkdirSync(dirname(join(here, path)), { recursive: true });
    writeFileSync(join(here, path), text);
  }
  const { name } = scheduled.graph;
  const sources = readdirSync(join(here, "rtl"), { recursive: true, encoding: "utf8" });
  await command(here, "verilate", verilator!.path, [
    ...["--cc", "--exe", "--build", "-Wno-lint", "-Wno-fatal", "-DBITLOOM_BEHAVIOURAL"],
    ...["--prefix", "Vdesign", "--top-module", `${name}_axi`],
    ...["-CFLAGS", `${axiStream ? "" : "-DMEMORY"} ${isLoadable(scheduled.graph) ? "-DLOADABLE" : ""}`],
    ...["-Mdir", "objects", "-o", "bench", packageFile("test/axi/bench.cpp")],
    ...sources.filter((path) => /\.s?v$/.test(path)).map((path) => join("rtl", path)),
  ]);
  return join(here, "objects", "bench");
}

const command = (here: string, step: string, path: string, words: string[]) =>
  runCommand({
    ...{ step, path, arguments: words, folder: here },
    log: join(here, `${step}.log`),
    timeoutSeconds: 600,
    hint: "",
  });
