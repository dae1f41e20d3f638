/** From a graph to the files of a project: HLS C++, and SystemVerilog where it is asked for. Pure. */
import { z } from "zod";
import { loadBoard } from "../codegen/board.ts";
import { generateHls } from "../codegen/hls/index.ts";
import { encodePort } from "../codegen/port-layout.ts";
import { generateAxi } from "../codegen/rtl/axi.ts";
import { generateRtl } from "../codegen/rtl/index.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { Area } from "../ir/cost.ts";
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { ScheduledGraph } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";
import { modelFiles } from "../model/save.ts";
import { optimize, schedule } from "../passes/index.ts";
import { withReloadableWeights } from "../passes/reloadable.ts";
import { imageRunner } from "../reference/image.ts";
import { randomImages } from "../reference/random-images.ts";
import type { DesignOptions } from "./design.ts";
import { budgetSchema, chooseDesign } from "./design.ts";
import type { Vectors } from "./driver-files.ts";
import { driverFiles } from "./driver-files.ts";

export interface ProjectOptions extends DesignOptions {
  readonly axiStream?: boolean | undefined;
  readonly allowDsp?: boolean | undefined;
  /** SystemVerilog too, of which a build is made instead of the HLS C++. */
  readonly rtl?: boolean | undefined;
}

/** Options as a project keeps them. */
export const projectOptionsSchema: z.ZodType<ProjectOptions> = z.strictObject({
  targetCycles: z.int().positive().optional(),
  framesPerSecond: z.number().positive().optional(),
  budget: budgetSchema.optional(),
  clockMegahertz: z.number().positive().optional(),
  axiStream: z.boolean().optional(),
  allowDsp: z.boolean().optional(),
  rtl: z.boolean().optional(),
  reloadableWeights: z.boolean().optional(),
  board: z.string().optional(),
});

export interface Project {
  /** The model; its types hold what other weights give, where they are reloadable. */
  readonly graph: Graph;
  readonly scheduled: ScheduledGraph;
  /** What it is expected to take. */
  readonly area: Area;
  /** What its board has. */
  readonly device: Area;
  readonly warning: Diagnostic | undefined;
  readonly board: string;
  readonly clockMegahertz: number;
  readonly axiStream: boolean;
  readonly rtl: boolean;
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/** Where a project keeps the options that it was made with. */
export const OPTIONS_IN_PROJECT = "model/options.json";

/** Random frames that the testbench and the board's self-test run: few, since the vendor's cosimulation takes minutes for each. */
export const GOLDEN = { frames: 2, seed: 1 };

/** Reloadable weights are SystemVerilog's alone. */
export const asksForRtl = ({ reloadableWeights = false, rtl = reloadableWeights }: ProjectOptions): boolean => rtl;

export function makeProject(model: Graph, options: ProjectOptions): Project {
  const { reloadableWeights = false } = options;
  const graph = reloadableWeights ? withReloadableWeights(model, layers) : model;
  const optimized = optimize(graph);
  const { design, board, clockMegahertz, warning } = chooseDesign(optimized, options);
  const scheduled = schedule(optimized, { foldings: design.foldings });
  const { axiStream = false, allowDsp = false, targetCycles, framesPerSecond, budget } = options;
  const rtl = asksForRtl(options);
  const kept = {
    targetCycles,
    framesPerSecond,
    budget,
    clockMegahertz,
    axiStream,
    allowDsp,
    rtl,
    reloadableWeights,
    board,
  };
  const { part, budget: device } = loadBoard(board);
  const hls = { axiStream, allowDsp, clockMegahertz, part, cosimFrames: GOLDEN.frames };
  const vectors = goldenVectors(graph);
  const files = new Map<string, string | Uint8Array>([
    ...generateHls(scheduled, layers, hls),
    ...(rtl ? [...generateRtl(scheduled, layers), ...generateAxi(scheduled, { axiStream })] : []),
    ...vectorFiles(scheduled, vectors),
    ...driverFiles(scheduled, { model, axiStream, clockMegahertz }, vectors),
    ...[...modelFiles(model, "model.json")].map(([name, content]) => [`model/${name}`, content] as const),
    [OPTIONS_IN_PROJECT, `${JSON.stringify(kept, null, 2)}\n`],
  ]);
  return { graph, scheduled, area: design.area, device, warning, board, clockMegahertz, axiStream, rtl, files };
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
