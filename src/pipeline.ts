/**
 * The whole flow:
 *
 *     model.json -> graph -> passes -> scheduled graph -> files -> plan -> project folder -> csim -> EquivalenceReport
 *                     '----> reference executor: what csim is compared with ------------------'
 */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "./build/disk.ts";
import { makePlan } from "./build/plan.ts";
import { run } from "./build/run.ts";
import type { CsimResult } from "./flow/csim.ts";
import { simulateProject } from "./flow/csim.ts";
import type { Images } from "./flow/frames.ts";
import { takeFrames } from "./flow/frames.ts";
import type { Inference } from "./flow/infer.ts";
import { infer } from "./flow/infer.ts";
import type { Project, ProjectOptions } from "./flow/project.ts";
import { MODEL_IN_PROJECT, makeProject } from "./flow/project.ts";
import type { Watch } from "./flow/watch.ts";
import type { Graph } from "./ir/graph.ts";
import { printGraph, printSchedule } from "./ir/print.ts";
import { layers } from "./layers/index.ts";
import { importFracbnn } from "./model/importers/fracbnn.ts";
import { loadModel } from "./model/load.ts";
import { saveModel } from "./model/save.ts";

export { readLabels, saveInference, saveResults } from "./flow/results.ts";
export { loadModel } from "./model/load.ts";

/** Reads a released network and writes it as a model. */
export async function importModel(folder: string, file: string): Promise<Graph> {
  const graph = await importFracbnn(folder);
  await saveModel(graph, file);
  return graph;
}

/** Runs a model by the reference executor; the values of the nodes `taps` are wanted, too. */
export async function runModel(
  model: string,
  images: Images,
  taps: readonly string[] = [],
  watch: Watch = {},
): Promise<Inference> {
  const graph = await loadModel(model);
  const frames = await takeFrames(graph, images);
  return infer(graph, frames.images, taps, watch);
}

/** Writes the HLS project of a model. Files that would not change are not touched; nothing is written if the model is wrong. */
export async function generate(
  model: string,
  folder: string,
  options: ProjectOptions = {},
  watch: Watch = {},
): Promise<Project> {
  watch.progress?.("load");
  const graph = await loadModel(model);
  watch.progress?.("generate");
  const project = makeProject(graph, options);
  await run(makePlan(project.files), folder, { signal: watch.signal });
  return project;
}

/** The graph after all passes and its stages, as text. */
export const dumpIr = ({ scheduled }: Project): string =>
  `${printGraph(scheduled.graph, layers)}\n${printSchedule(scheduled, layers)}`;

const REPORT_IN_PROJECT = "reports/equivalence.json";

export interface Csim extends CsimResult {
  /** The project that was compiled, unless it was made for this run only. */
  readonly folder: string | undefined;
}

/** Simulates a project (or a model, in a folder that is kept where something is wrong with it) against the reference. */
export async function csim(
  target: string,
  images: Images,
  options: ProjectOptions & { readonly taps?: boolean | undefined } = {},
  watch: Watch = {},
): Promise<Csim> {
  const isProject = await isFolder(target);
  const graph = await loadModel(isProject ? join(target, MODEL_IN_PROJECT) : target);
  const frames = await takeFrames(graph, images);
  const folder = isProject ? target : await mkdtemp(join(tmpdir(), `bitloom-${graph.name}-`));
  if (!isProject) await run(makePlan(makeProject(graph, options).files), folder, { signal: watch.signal });
  const result = await simulateProject(graph, folder, { ...frames, taps: options.taps ?? false }, watch);
  await writeWhole(join(folder, REPORT_IN_PROJECT), `${JSON.stringify(result.report, null, 2)}\n`);
  const temporary = !isProject && result.report.equivalent;
  if (temporary) await rm(folder, { recursive: true });
  return { ...result, folder: temporary ? undefined : folder };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
