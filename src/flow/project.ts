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
import type { Vectors } from "./driver-files.ts";
import { driverFiles } from "./driver-files.ts";

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

/** Random frames that the testbench and the board's self-test run: few, since the vendor's cosimulation takes minutes for each. */
export const GOLDEN = { frames: 2, seed: 1 };

export function makeProject(graph: Graph, options: ProjectOptions): Project {
  const { board = DEFAULT_BOARD } = options;
  const { part, clockMegahertz: aim } = loadBoard(board);
  const { clockMegahertz = aim, axiStream = false, allowDsp = false, targetCycles } = options;
  const scheduled = schedule(optimize(graph), { targetCycles });
  const hls = { axiStream, allowDsp, clockMegahertz, part, cosimFrames: GOLDEN.frames };
  const vectors = goldenVectors(graph);
  const files = new Map<string, string | Uint8Array>([
    ...generateHls(scheduled, layers, hls),
    ...vectorFiles(scheduled, vectors),
    ...driverFiles(scheduled, { axiStream, clockMegahertz }, vectors),
    ...[...modelFiles(graph, "model.json")].map(([name, content]) => [`model/${name}`, content] as const),
    [OPTIONS_IN_PROJECT, `${JSON.stringify({ targetCycles, clockMegahertz, axiStream, allowDsp, board }, null, 2)}\n`],
  ]);
  return { scheduled, board, clockMegahertz, axiStream, files };
}

/** Random images, and what the reference makes of them. */
function goldenVectors(graph: Graph): Vectors {
  const images = randomImages(graph.input, GOLDEN.frames, GOLDEN.seed);
  const run = imageRunner(graph, layers, []);
  return { images, outputs: images.map((image) => run(image).output) };
}

/** What the testbench reads. */
function vectorFiles({ graph }: ScheduledGraph, { images, outputs }: Vectors): [string, Uint8Array][] {
  return [
    ["data/input.bin", encodePort(images, graph.input)],
    ["data/expected.bin", encodePort(outputs, streamOf(graph, graph.output))],
  ];
}
