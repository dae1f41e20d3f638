/** Compiles a project's C++, runs it, and compares what it gives with the reference executor. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Executable } from "../build/plan.ts";
import { findTool } from "../build/tool.ts";
import { encodePort } from "../codegen/port-layout.ts";
import { makeTemporaryFolder } from "../files.ts";
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import type { Program } from "../opentools/compiler.ts";
import { compile } from "../opentools/compiler.ts";
import { CXX } from "../opentools/cxx.ts";
import { simulate } from "../opentools/simulate.ts";
import { optimize } from "../passes/index.ts";
import { runBatch } from "../reference/batch.ts";
import type { Comparison } from "../reference/compare.ts";
import type { EquivalenceReport, StreamReport } from "../report/equivalence-report.ts";
import { equivalenceReportSchema } from "../report/equivalence-report.ts";
import { Comparer } from "./comparer.ts";
import type { Results } from "./infer.ts";
import type { Watch } from "./watch.ts";

export interface CsimOptions {
  readonly images: readonly Raws[];
  /** Where the images come from, for the report. */
  readonly source: EquivalenceReport["inputs"];
  /** Compares every node, not only the output. */
  readonly taps: boolean;
}

export interface CsimResult {
  readonly report: EquivalenceReport;
  /** What the C++ gave for each image. */
  readonly results: Results;
}

/** `graph` is the model from which the project in `folder` was generated. */
export async function simulateProject(
  graph: Graph,
  folder: string,
  { images, source, taps }: CsimOptions,
  watch: Watch,
): Promise<CsimResult> {
  const compiler = await findTool(CXX);
  const [program, compileSeconds] = await timed(() => compileProject(folder, taps, compiler, watch));
  const onProgress = (done: number) => watch.progress?.("reference", done, images.length);
  const [results, referenceSeconds] = await timed(() => runBatch(graph, images, { onProgress }));
  const simulated = optimize(graph);
  const names = taps ? simulated.nodes.map(({ name }) => name) : [];
  const comparer = new Comparer({
    model: graph,
    simulated,
    images,
    outputs: results.map(({ output }) => output),
    taps: names,
  });
  const [, simulationSeconds] = await timed(() =>
    simulateImages(folder, program, graph, images, names, comparer, watch),
  );
  const streams = comparer.comparisons().map(streamReport);
  const report = equivalenceReportSchema.parse({
    version: 1,
    design: graph.name,
    simulation: "csim",
    equivalent: streams.every(({ differing }) => differing === 0),
    frames: images.length,
    inputs: source,
    streams,
    tools: [compiler.version],
    seconds: { compile: compileSeconds, simulation: simulationSeconds, reference: referenceSeconds },
  });
  return { report, results: { name: graph.output, stream: streamOf(graph, graph.output), raws: comparer.outputs } };
}

export async function compileProject(
  folder: string,
  taps: boolean,
  compiler: Executable,
  { signal, progress }: Watch,
): Promise<Program> {
  const units = await readdir(folder, { recursive: true }).then((paths) =>
    paths.filter((path) => /^(src|tb)[\\/].*\.cpp$/.test(path)).sort(),
  );
  const onProgress = (done: number, total: number) => progress?.("compile", done, total);
  return compile(
    { folder, units, includes: [], defines: taps ? ["BITLOOM_TAPS"] : [] },
    { compiler, signal, onProgress },
  );
}

async function simulateImages(
  folder: string,
  program: Program,
  graph: Graph,
  images: readonly Raws[],
  taps: readonly string[],
  comparer: Comparer,
  { signal, progress }: Watch,
): Promise<void> {
  const scratch = await makeTemporaryFolder("bitloom-csim-");
  const frames = images.map((image) => encodePort([image], graph.input));
  const onProgress = (done: number) => progress?.("csim", done, images.length);
  await simulate(
    { program: program.path, scratch, logs: join(folder, "logs"), frames, taps, signal, onProgress },
    (batch) => comparer.take(batch),
  ).finally(() => rm(scratch, { recursive: true, force: true }));
}

export const streamReport = ({ name, compared, differing, first }: Comparison): StreamReport => ({
  name,
  compared,
  differing,
  first: first
    ? {
        frame: first.frame,
        index: [...first.index],
        expected: String(first.expected),
        actual: String(first.actual),
      }
    : null,
});

export async function timed<T>(work: () => Promise<T>): Promise<[result: T, seconds: number]> {
  const start = performance.now();
  return [await work(), (performance.now() - start) / 1000];
}
