/** Cosim of one graph with given foldings, for tests: what differs from the reference, or undefined. */
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
import { cosimulate } from "../../src/opentools/cosimulate.ts";
import { buildCore } from "../../src/opentools/verilator.ts";
import { compareStream } from "../../src/reference/compare.ts";
import { imageRunner } from "../../src/reference/image.ts";

export interface CosimCase {
  /** As the user would give it. */
  readonly graph: Graph;
  readonly scheduled: ScheduledGraph;
  readonly images: readonly Raws[];
  readonly folder: string;
  readonly verilator: Executable;
}

/** Once at full speed, once with gaps and back-pressure. */
export async function cosimProblem({ graph, scheduled, images, folder, verilator }: CosimCase) {
  for (const [path, text] of generateRtl(scheduled, layers)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const core = { folder, top: scheduled.graph.name, header: harnessHeader(scheduled) };
  const program = await buildCore(core, { verilator, scratch: folder });
  const run = imageRunner(graph, layers, []);
  const expected = images.map((image) => run(image).output);
  const stream = streamOf(scheduled.graph, scheduled.graph.output);
  for (const stalls of [0, 1]) {
    const { measured, output } = await cosimulate({
      ...{ program, scratch: folder, stalls, taps: [] },
      input: encodeTap(images, graph.input),
      frames: images.length,
      watchdog: 10_000 + 4 * scheduled.cyclesPerFrame,
    });
    if (measured.stuck) return `stuck: ${JSON.stringify(measured)}`;
    const { first } = compareStream(graph.output, stream, expected, decodeTap(output, stream));
    if (first)
      return `stalls ${stalls}: frame ${first.frame} at [${first.index}]: ${first.expected} became ${first.actual}`;
  }
  return undefined;
}
