/** Cosim of one graph with given foldings, for tests. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Executable } from "../../src/build/plan.ts";
import { harnessHeader } from "../../src/codegen/rtl/harness.ts";
import { generateRtl } from "../../src/codegen/rtl/index.ts";
import { decodeTap, encodeTap } from "../../src/codegen/tap-layout.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { streamOf } from "../../src/ir/graph.ts";
import type { ScheduledGraph } from "../../src/ir/schedule.ts";
import type { Raws } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import type { Cosimulation, CosimulationResult } from "../../src/opentools/cosimulate.ts";
import { cosimulate, intervalOf } from "../../src/opentools/cosimulate.ts";
import { buildCore } from "../../src/opentools/verilator.ts";
import { compareStream } from "../../src/reference/compare.ts";
import { imageRunner } from "../../src/reference/image.ts";

export interface CosimCase {
  readonly scheduled: ScheduledGraph;
  readonly images: readonly Raws[];
  readonly folder: string;
  readonly verilator: Executable;
  /** What is to be simulated in place of a file. */
  readonly edit?: (path: string, text: string) => string;
}

/** Compiles it; the function that is given runs it with a seed of gaps and back-pressure, or without (0). */
export async function simulator({ scheduled, images, folder, verilator, edit = (_path, text) => text }: CosimCase) {
  for (const [path, text] of generateRtl(scheduled, layers)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), edit(path, text));
  }
  const core = { folder, top: scheduled.graph.name, header: harnessHeader(scheduled) };
  const program = await buildCore(core, { verilator, scratch: folder });
  return (stalls: number, load?: Cosimulation["load"]): Promise<CosimulationResult> =>
    cosimulate({
      load,
      ...{ program, scratch: folder, stalls, taps: [] },
      input: encodeTap(images, scheduled.graph.input),
      frames: images.length,
      watchdog: 10_000 + 4 * scheduled.cyclesPerFrame,
    });
}

/** What differs from the reference, or is slower than the schedule says: once at full speed, then with the seeds `stalls`. */
export async function cosimProblem(graph: Graph, one: CosimCase, stalls: readonly number[]) {
  const { scheduled, images } = one;
  const simulate = await simulator(one);
  const run = imageRunner(graph, layers, []);
  const expected = images.map((image) => run(image).output);
  const stream = streamOf(scheduled.graph, scheduled.graph.output);
  for (const seed of [0, ...stalls]) {
    const { measured, output } = await simulate(seed);
    if (measured.stuck) return `stuck with stalls ${seed}: ${JSON.stringify(measured)}`;
    const { first } = compareStream(graph.output, stream, expected, decodeTap(output, stream));
    if (first)
      return `stalls ${seed}: frame ${first.frame} at [${first.index}]: ${first.expected}, got ${first.actual}`;
    const interval = intervalOf(measured) as number;
    if (seed === 0 && interval > scheduled.cyclesPerFrame)
      return `a frame every ${interval} cycles, ${scheduled.cyclesPerFrame} by the schedule`;
  }
  return undefined;
}
