/**
 * The whole flow:
 *
 *     model.json -> graph -> passes -> scheduled graph -> files -> plan -> project folder -> csim -> EquivalenceReport
 *                     |                                                     '-> AMD's tools -> bitstream -> ResourceReport
 *                     '----> reference executor: what csim is compared with
 */
import { dirname, join } from "node:path";
import type { Plan } from "./build/plan.ts";
import { makePlan } from "./build/plan.ts";
import type { RunOptions } from "./build/run.ts";
import { run } from "./build/run.ts";
import { ToolError } from "./build/tool-error.ts";
import { checkFolder } from "./build/write-files.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { DiagnosticError, folderNeeded } from "./diagnostics.ts";
import { checkFolderWritable, checkNoFolder, isFolder, writeWhole } from "./files.ts";
import { EQUIVALENCE_IN_PROJECT, readProject } from "./flow/build-folder.ts";
import type { CosimResult } from "./flow/cosim.ts";
import { cosimulateGraph } from "./flow/cosim.ts";
import type { CsimResult } from "./flow/csim.ts";
import { simulateProject } from "./flow/csim.ts";
import type { DesignOptions } from "./flow/design.ts";
import { exploreGraph } from "./flow/explore.ts";
import type { Images } from "./flow/frames.ts";
import { takeFrames } from "./flow/frames.ts";
import type { Inference } from "./flow/infer.ts";
import { infer } from "./flow/infer.ts";
import type { Multiplications } from "./flow/multiplications.ts";
import { countInProject } from "./flow/multiplications.ts";
import type { SynthesisPlan } from "./flow/open-synthesis.ts";
import { planSynthesis, synthesizeProject } from "./flow/open-synthesis.ts";
import { otherWeights } from "./flow/other-weights.ts";
import { inOwnFolder } from "./flow/own-folder.ts";
import type { Project, ProjectOptions } from "./flow/project.ts";
import { asksForRtl, makeProject } from "./flow/project.ts";
import type { Bits, Quantization } from "./flow/quantize.ts";
import { quantizeGraph } from "./flow/quantize.ts";
import { checkRtl, writeRtl } from "./flow/rtl-files.ts";
import { checkStep, findVendorTools, planVendorBuild, toolWarnings } from "./flow/vendor-build.ts";
import type { VendorStep } from "./flow/vendor-steps.ts";
import type { Watch } from "./flow/watch.ts";
import { writeReport } from "./flow/write-report.ts";
import type { Graph } from "./ir/graph.ts";
import { printGraph, printSchedule } from "./ir/print.ts";
import { layers } from "./layers/index.ts";
import { importFracbnn } from "./model/importers/fracbnn.ts";
import { loadModel } from "./model/load.ts";
import { saveModel } from "./model/save.ts";
import type { BuildReport } from "./report/build-report.ts";
import type { Exploration } from "./report/exploration.ts";
import { explorationChart } from "./report/exploration-chart.ts";

export { saveInference, saveResults } from "./flow/results.ts";
export { loadModel } from "./model/load.ts";

/** Reads a released network and writes it as a model. */
export async function importModel(folder: string, file: string): Promise<Graph> {
  const graph = await importFracbnn(folder);
  await saveModel(graph, file);
  return graph;
}

/** Chooses the types of a float model, whose values on the images they shall hold; writes it if `file` is named. */
export async function quantize(
  model: string,
  images: Images,
  bits: Bits,
  file: string | undefined,
  watch: Watch = {},
): Promise<Quantization> {
  const quantization = await quantizeGraph(model, images, bits, watch);
  if (file !== undefined) await saveModel(quantization.graph, file);
  return quantization;
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
  return { ...(await infer(graph, frames.images, taps, watch)), labels: frames.labels };
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
  await checkFolder(folder);
  watch.progress?.("generate");
  const project = makeProject(graph, options);
  const plan = makePlan(project.files);
  await run(plan, folder, { signal: watch.signal });
  await writeReport(folder, project, plan.digest);
  return project;
}

/** What designs a model can be; the picture is written if there is a file for it. */
export async function explore(model: string, options: DesignOptions, picture?: string): Promise<Exploration> {
  if (picture !== undefined) {
    await checkNoFolder(picture);
    await checkFolderWritable(dirname(picture));
  }
  const exploration = exploreGraph(await loadModel(model), options);
  if (picture !== undefined) await writeWhole(picture, explorationChart(exploration));
  return exploration;
}

/** Multiplications of two run-time values in a project that `generate` made: none, unless the options allow DSPs. */
export const countMultiplications = (project: Project, folder: string, watch: Watch = {}): Promise<Multiplications> =>
  countInProject(project, folder, watch);

/** The graph after all passes and its stages, as text. */
export const dumpIr = ({ scheduled }: Project): string =>
  `${printGraph(scheduled.graph, layers)}\n${printSchedule(scheduled, layers)}`;

export interface Csim extends CsimResult {
  /** The project that was compiled, unless it was made for this run only. */
  readonly folder: string | undefined;
}

/** Simulates a project (or a model, in a folder that is kept where something is wrong with it) against the reference. */
export async function csim(
  target: string,
  images: Images,
  settings: ProjectOptions & { readonly taps?: boolean | undefined } = {},
  watch: Watch = {},
): Promise<Csim> {
  const isProject = await isFolder(target);
  const { graph, options } = isProject
    ? await readProject(target)
    : { graph: await loadModel(target), options: settings };
  const frames = await takeFrames(graph, images);
  const project = makeProject(graph, options);
  const plan = makePlan(project.files);
  const simulate = async (folder: string) => {
    if (!isProject) await run(plan, folder, { signal: watch.signal });
    const result = await simulateProject(project.graph, folder, { ...frames, taps: settings.taps ?? false }, watch);
    await writeWhole(join(folder, EQUIVALENCE_IN_PROJECT), `${JSON.stringify(result.report, null, 2)}\n`);
    await writeReport(folder, project, plan.digest);
    return result;
  };
  return isProject ? { ...(await simulate(target)), folder: target } : inOwnFolder(graph.name, simulate);
}

export interface Cosim extends CosimResult {
  /** Where the SystemVerilog is, unless it was made for this run only. */
  readonly folder: string | undefined;
}

export interface CosimSettings extends ProjectOptions {
  readonly taps?: boolean | undefined;
  /** Seed of gaps in the input and of back-pressure; 0 for none. */
  readonly stalls: number;
  /** Where to write the waves of all signals: .vcd or .fst. */
  readonly trace?: string | undefined;
  /** A model of the same network, whose weights are loaded then; with them the images go through again. */
  readonly reload?: string | undefined;
}

/** Simulates the SystemVerilog of a project as it lies there (or of a model) cycle by cycle against the reference. */
export async function cosim(
  target: string,
  images: Images,
  settings: CosimSettings,
  watch: Watch = {},
): Promise<Cosim> {
  const isProject = await isFolder(target);
  const { graph: model, options } = await sourceOf(target, settings);
  const frames = await takeFrames(model, images);
  const { taps = false, stalls, trace, reload, ...projectSettings } = { ...settings, ...options };
  const { graph, scheduled, clockMegahertz } = makeProject(model, projectSettings);
  const other = reload === undefined ? undefined : otherWeights(graph, await loadModel(reload), reload);
  const simulation = { ...frames, taps, stalls, trace, other, clockMegahertz };
  const simulate = async (folder: string) => {
    await (isProject ? checkRtl(folder, scheduled) : writeRtl(folder, scheduled));
    return cosimulateGraph(graph, scheduled, folder, simulation, watch);
  };
  return isProject ? { ...(await simulate(target)), folder: target } : inOwnFolder(graph.name, simulate);
}

/** What Yosys is to synthesize, and which of it was before. */
export const planOpen = async (target: string, settings: ProjectOptions): Promise<SynthesisPlan> =>
  planSynthesis(await projectOf(target, settings));

/** Synthesizes the SystemVerilog of a project or a model with Yosys. The folder is then a project that keeps the result. */
export async function synthesizeOpen(
  target: string,
  folder: string,
  settings: ProjectOptions = {},
  watch: Watch = {},
): Promise<BuildReport> {
  const project = await projectOf(target, settings);
  const plan = makePlan(project.files);
  if (folder !== target) await run(plan, folder, { signal: watch.signal });
  await synthesizeProject(project, folder, watch);
  return writeReport(folder, project, plan.digest);
}

export interface BuildSettings extends ProjectOptions {
  /** The last step to run. */
  readonly until: VendorStep;
  /** Runs this step and those after it again, even where nothing changed. */
  readonly from?: VendorStep | undefined;
}

/** The plan of a build by AMD's tools, and what has to be said before it runs. */
export async function planBuild(target: string, settings: BuildSettings): Promise<Build> {
  const { graph, options } = await sourceOf(target, settings);
  const rtl = asksForRtl(options);
  checkStep(settings.until, rtl);
  // The tools are asked for their versions meanwhile; what is wrong with the model is told first all the same.
  const search = findVendorTools(settings.until, rtl);
  search.catch(() => undefined);
  const project = makeProject(graph, options);
  const tools = await search;
  return { project, plan: planVendorBuild(project, tools, settings.until), warnings: toolWarnings(tools) };
}

export interface Build {
  readonly project: Project;
  readonly plan: Plan;
  readonly warnings: readonly Diagnostic[];
}

/** Where a build goes: the folder that is named, or the project that it continues. Throws a DiagnosticError. */
export async function buildFolder(target: string, named: string | undefined): Promise<string> {
  if (named !== undefined) await checkFolder(named);
  else if (!(await isFolder(target))) throw new DiagnosticError([folderNeeded(target)]);
  return named ?? target;
}

/** Runs the steps that are not done yet. The page is written whatever happens, so that it shows how far it got. */
export async function build(
  { project, plan }: Build,
  folder: string,
  settings: Pick<BuildSettings, "from">,
  { signal, onEvent }: RunOptions = {},
): Promise<BuildReport> {
  try {
    await run(plan, folder, { signal, onEvent, from: settings.from });
  } catch (error) {
    if (error instanceof ToolError) await writeReport(folder, project, plan.digest);
    throw error;
  }
  return writeReport(folder, project, plan.digest);
}

/** Reads what a build folder has to say, and writes its page. */
export async function report(folder: string): Promise<BuildReport> {
  const { graph, options } = await readProject(folder);
  const project = makeProject(graph, options);
  return writeReport(folder, project, makePlan(project.files).digest);
}

/** Of a folder that is a project already, or of a model. */
async function projectOf(target: string, settings: ProjectOptions): Promise<Project> {
  const { graph, options } = await sourceOf(target, settings);
  return makeProject(graph, options);
}

/** Of a project the model and the options that it was made with. */
const sourceOf = async (target: string, settings: ProjectOptions) =>
  (await isFolder(target)) ? readProject(target) : { graph: await loadModel(target), options: settings };
