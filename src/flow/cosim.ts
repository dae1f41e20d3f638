/** Runs the SystemVerilog of a scheduled graph in Verilator, and compares what it gives with the reference executor. */
import { join, resolve } from "node:path";
import { inParallel } from "../build/parallel.ts";
import { findTool } from "../build/tool.ts";
import { ToolError } from "../build/tool-error.ts";
import { encodePort } from "../codegen/port-layout.ts";
import { harnessHeader } from "../codegen/rtl/harness.ts";
import { loadedWords } from "../codegen/rtl/loading.ts";
import { decodeTap, encodeTap } from "../codegen/tap-layout.ts";
import type { Graph, Stream } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Fifo, ScheduledGraph } from "../ir/schedule.ts";
import { elements } from "../ir/tensor.ts";
import type { CosimulationResult, Measured } from "../opentools/cosimulate.ts";
import { cosimulate, intervalOf } from "../opentools/cosimulate.ts";
import type { Batch } from "../opentools/simulate.ts";
import type { WaveFormat } from "../opentools/verilator.ts";
import { buildCore } from "../opentools/verilator.ts";
import { MAKE, VERILATOR } from "../opentools/verilator-tool.ts";
import { withWeightsOf } from "../passes/reloadable.ts";
import { runBatch } from "../reference/batch.ts";
import type { Comparison } from "../reference/compare.ts";
import { joinComparisons } from "../reference/compare.ts";
import type { CosimReport } from "../report/cosim-report.ts";
import { cosimReportSchema } from "../report/cosim-report.ts";
import { equivalenceReportSchema } from "../report/equivalence-report.ts";
import { Comparer } from "./comparer.ts";
import type { CsimOptions, CsimResult } from "./csim.ts";
import { streamReport, timed } from "./csim.ts";
import { stuckMessage } from "./stuck.ts";
import type { Watch } from "./watch.ts";

export interface CosimOptions extends CsimOptions {
  /** Seed of input gaps and back-pressure; 0 for none. */
  readonly stalls: number;
  /** Where to write the waves of all signals: .vcd or .fst. */
  readonly trace?: string | undefined;
  readonly clockMegahertz: number;
  /** The model with other weights, which are loaded when all images have gone in; then they go in again. */
  readonly other?: Graph | undefined;
}

export interface CosimResult extends CsimResult {
  readonly speed: CosimReport;
}

/** `graph` is the model of which `scheduled` was made; its SystemVerilog is in `folder`. Rejects with a ToolError if it is stuck. */
export async function cosimulateGraph(
  graph: Graph,
  scheduled: ScheduledGraph,
  folder: string,
  options: CosimOptions,
  watch: Watch,
): Promise<CosimResult> {
  const { source, stalls, trace, other } = options;
  const networks = other ? [graph, other] : [graph];
  const images = networks.flatMap(() => options.images);
  const verilator = await findTool(VERILATOR);
  await findTool(MAKE);
  const scratch = join(folder, "cosim");
  watch.progress?.("compile");
  const core = { folder, top: scheduled.graph.name, header: harnessHeader(scheduled) };
  const [program, compile] = await timed(() =>
    buildCore(core, { verilator, wave: formatOf(trace), scratch, signal: watch.signal }),
  );
  const onProgress = (done: number) => watch.progress?.("reference", done, options.images.length);
  const [results, reference] = await timed(() =>
    inParallel(networks, 1, (network) => runBatch(network, options.images, { onProgress })),
  );
  watch.progress?.("cosim");
  const tapped = options.taps ? producedFifos(scheduled) : new Map<string, string>();
  const simulatedOf = (network: Graph): Graph => withWeightsOf(scheduled.graph, network);
  const [run, simulation] = await timed(() =>
    cosimulate({
      ...{ program, scratch, stalls, signal: watch.signal },
      wave: trace === undefined ? undefined : resolve(trace),
      input: encodeTap(images, graph.input),
      frames: images.length,
      watchdog: LEAST_PATIENCE + 4 * scheduled.cyclesPerFrame,
      taps: [...tapped.values()],
      load: other && {
        words: loadedWords({ ...scheduled, graph: simulatedOf(other) }),
        after: options.images.length,
      },
    }),
  );
  if (run.measured.stuck) throw stuck(scheduled, run.measured, folder);
  const outputs = results.flat().map(({ output }) => output);
  const frames = options.images.length;
  const comparers = networks.map((model, i) => {
    const taps = [...tapped.keys()];
    const comparer = new Comparer({ model, simulated: simulatedOf(model), images, outputs, taps });
    comparer.take(batchOf(run, scheduled, tapped, { first: i * frames, frames }));
    return comparer;
  });
  const streams = comparers
    .map((comparer) => comparer.comparisons())
    .reduce(joined)
    .map(streamReport);
  const report = equivalenceReportSchema.parse({
    version: 1,
    design: graph.name,
    simulation: "cosim",
    equivalent: streams.every(({ differing }) => differing === 0),
    frames: images.length,
    inputs: source,
    streams,
    tools: [`Verilator ${verilator.version}`],
    seconds: { compile, simulation, reference },
  });
  const speed = speedOf(scheduled, options, run.measured);
  const raws = comparers.flatMap((comparer, i) => comparer.outputs.slice(i * frames));
  return { report, speed, results: { name: graph.output, stream: streamOf(graph, graph.output), raws } };
}

const joined = (early: readonly Comparison[], late: readonly Comparison[]): Comparison[] =>
  early.map((comparison, i) => joinComparisons(comparison, late[i] as Comparison));

/** Some of the frames that went through, as the comparer takes them. */
function batchOf(
  run: CosimulationResult,
  scheduled: ScheduledGraph,
  tapped: ReadonlyMap<string, string>,
  { first, frames }: Pick<Batch, "first" | "frames">,
): Batch {
  const output = streamOf(scheduled.graph, scheduled.graph.output);
  const part = (bytes: Uint8Array, { shape }: Stream) => {
    const size = elements(shape) * BYTES;
    return bytes.subarray(first * size, (first + frames) * size);
  };
  const tapOf = (fifo: string) => part(run.taps.get(fifo) as Uint8Array, (scheduled.fifos.get(fifo) as Fifo).stream);
  return {
    ...{ first, frames },
    output: encodePort(decodeTap(part(run.output, output), output), output),
    taps: new Map([...tapped].map(([node, fifo]) => [node, tapOf(fifo)])),
  };
}

/** Of a number in a tap. */
const BYTES = 8;

const formatOf = (trace: string | undefined): WaveFormat | undefined =>
  trace === undefined ? undefined : trace.endsWith(".fst") ? "fst" : "vcd";

/** Cycles in which nothing moves before a core counts as stuck, besides some frames' worth. */
const LEAST_PATIENCE = 10_000;

/** The FIFO into which each node is written; nodes inside of a stage have none. */
function producedFifos({ graph, fifos }: ScheduledGraph): Map<string, string> {
  const produced = new Map<string, string>();
  for (const { name, source } of fifos.values())
    if (source !== graph.input.name && !produced.has(source)) produced.set(source, name);
  return produced;
}

const stuck = (scheduled: ScheduledGraph, measured: Measured, folder: string): ToolError =>
  new ToolError({
    reason: "failed",
    step: "cosim",
    message: stuckMessage(scheduled, measured),
    hint: `The depths of FIFOs are computed, so this is a mistake of Bitloom: please report it, with what is in ${folder}.`,
  });

function speedOf(
  scheduled: ScheduledGraph,
  { images, stalls, clockMegahertz }: CosimOptions,
  measured: Measured,
): CosimReport {
  const { firstInput, fifos, stages } = measured;
  // Loading weights takes its time.
  const finished = measured.finished.slice(0, images.length);
  const interval = intervalOf({ ...measured, finished }) ?? null;
  const busiest = stages.reduce((a, b) => (b.working > a.working ? b : a));
  return cosimReportSchema.parse({
    version: 1,
    design: scheduled.graph.name,
    frames: finished.length,
    clockMegahertz,
    stalled: stalls !== 0,
    latency: (finished[0] as number) - (firstInput[0] as number) + 1,
    interval,
    framesPerSecond: interval === null ? null : (clockMegahertz * 1e6) / interval,
    scheduled: scheduled.cyclesPerFrame,
    stages: stages.map(sharesOf),
    limitingStage: busiest.name,
    fifos: fifos.map(({ name, high }) => ({ name, high, depth: scheduled.fifos.get(name)?.depth ?? 0 })),
  });
}

function sharesOf({ name, working, starved, blocked }: Measured["stages"][number]) {
  const all = Math.max(1, working + starved + blocked);
  return { name, working: working / all, starved: starved / all, blocked: blocked / all };
}
