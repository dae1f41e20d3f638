/** From a graph to the files of an HLS project. Pure. */
import { z } from "zod";
import { loadBoard } from "../codegen/board.ts";
import { generateHls } from "../codegen/hls/index.ts";
import { encodePort } from "../codegen/port-layout.ts";
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { ScheduledGraph } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";
import { modelFiles } from "../model/save.ts";
import { optimize, schedule } from "../passes/index.ts";
import { imageRunner } from "../reference/image.ts";
import { randomImages } from "../reference/random-images.ts";

export interface ProjectOptions {
  /** Clock cycles per frame to meet; by default as few as fit the device. */
  readonly targetCycles?: number | undefined;
  /** The board's by default. */
  readonly clockMegahertz?: number | undefined;
  readonly axiStream?: boolean | undefined;
  readonly allowDsp?: boolean | undefined;
  /** A folder of boards/; the Ultra96 v2 by default. */
  readonly board?: string | undefined;
}

/** Options as a project keeps them. */
export const projectOptionsSchema: z.ZodType<ProjectOptions> = z.strictObject({
  targetCycles: z.int().positive().optional(),
  clockMegahertz: z.number().positive().optional(),
  axiStream: z.boolean().optional(),
  allowDsp: z.boolean().optional(),
  board: z.string().optional(),
});

export interface Project {
  readonly scheduled: ScheduledGraph;
  readonly board: string;
  readonly clockMegahertz: number;
  readonly axiStream: boolean;
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/** Where a project keeps the model that it was made from. */
export const MODEL_IN_PROJECT = "model/model.json";
/** And the options. */
export const OPTIONS_IN_PROJECT = "model/options.json";

const DEFAULT_BOARD = "ultra96v2";

/** Frames of the vendor's cosimulation, which takes minutes for each. */
const COSIM_FRAMES = 2;
const COSIM_SEED = 1;

export function makeProject(graph: Graph, options: ProjectOptions): Project {
  const { board = DEFAULT_BOARD } = options;
  const { part, clockMegahertz: aim } = loadBoard(board);
  const { clockMegahertz = aim, axiStream = false, allowDsp = false, targetCycles } = options;
  const scheduled = schedule(optimize(graph), { targetCycles });
  const hls = { axiStream, allowDsp, clockMegahertz, part, cosimFrames: COSIM_FRAMES };
  const files = new Map<string, string | Uint8Array>([
    ...generateHls(scheduled, layers, hls),
    ...vectorFiles(graph, scheduled),
    ...[...modelFiles(graph, "model.json")].map(([name, content]) => [`model/${name}`, content] as const),
    [OPTIONS_IN_PROJECT, `${JSON.stringify({ targetCycles, clockMegahertz, axiStream, allowDsp, board }, null, 2)}\n`],
  ]);
  return { scheduled, board, clockMegahertz, axiStream, files };
}

/** What the testbench reads: inputs, and what the reference makes of them. */
function vectorFiles(graph: Graph, scheduled: ScheduledGraph): [string, Uint8Array][] {
  const images = randomImages(graph.input, COSIM_FRAMES, COSIM_SEED);
  const run = imageRunner(graph, layers, []);
  const output = streamOf(scheduled.graph, scheduled.graph.output);
  return [
    ["data/input.bin", encodePort(images, graph.input)],
    [
      "data/expected.bin",
      encodePort(
        images.map((image) => run(image).output),
        output,
      ),
    ],
  ];
}
