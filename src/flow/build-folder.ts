/** What a build folder holds: the model and options it was made from, and what the tools that ran in it say. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { loadBoard } from "../codegen/board.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { DiagnosticError, noProject } from "../diagnostics.ts";
import { readJson } from "../files.ts";
import type { Graph } from "../ir/graph.ts";
import { loadModel, MODEL_IN_PROJECT } from "../model/load.ts";
import { joined } from "../report/compose.ts";
import type { EquivalenceReport } from "../report/equivalence-report.ts";
import { equivalenceReportSchema } from "../report/equivalence-report.ts";
import type { ResourceReport } from "../report/resource-report.ts";
import { foldReports, type ParsedReport, parseReportFile } from "../vivado/reports/index.ts";
import { VIVADO_PRODUCTS } from "../vivado/vivado-steps.ts";
import { readSynthesis } from "./open-synthesis.ts";
import type { Project, ProjectOptions } from "./project.ts";
import { OPTIONS_IN_PROJECT, projectOptionsSchema } from "./project.ts";
import { vendorEquivalence } from "./vendor-equivalence.ts";
import { BUILD_STEPS } from "./vendor-steps.ts";

export const EQUIVALENCE_IN_PROJECT = "reports/equivalence.json";

/** The model and the options that a project was made from. Throws a DiagnosticError. */
export async function readProject(folder: string): Promise<{ graph: Graph; options: ProjectOptions }> {
  const options = projectOptionsSchema.safeParse(await readJson(join(folder, OPTIONS_IN_PROJECT)));
  if (!options.success) throw new DiagnosticError([noProject(folder)]);
  return { graph: await loadModel(join(folder, MODEL_IN_PROJECT)), options: options.data };
}

export async function readEquivalence(folder: string): Promise<EquivalenceReport[]> {
  const parsed = equivalenceReportSchema.safeParse(await readJson(join(folder, EQUIVALENCE_IN_PROJECT)));
  return parsed.success ? [parsed.data] : [];
}

export interface ToolResults {
  /** Of the simulations that are steps of the build. */
  readonly equivalence: readonly EquivalenceReport[];
  /** Null where no tool has left a report. */
  readonly resources: ResourceReport | null;
  /** What is wrong with reports. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every report below the folder, those of AMD's tools and that of Yosys. */
export async function readToolReports(folder: string, project: Project): Promise<ToolResults> {
  const [vendor, open] = await Promise.all([readVendorReports(folder, project), readSynthesis(folder, project)]);
  const found = [vendor.resources, open.resources].filter((resources) => resources !== null);
  return {
    equivalence: vendor.equivalence,
    resources: found.length > 0 ? found.reduce(joined) : null,
    diagnostics: [...vendor.diagnostics, ...open.diagnostics],
  };
}

/** Those of later steps count where two speak of the same thing. */
async function readVendorReports(folder: string, project: Project): Promise<ToolResults> {
  const parsed: ParsedReport[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of await reportFiles(folder)) {
    try {
      const report = await parseReportFile(join(folder, file));
      parsed.push(report);
      diagnostics.push(...report.diagnostics);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      diagnostics.push(...error.diagnostics);
    }
  }
  if (parsed.length === 0) return { equivalence: [], resources: null, diagnostics };
  const { part, budget } = loadBoard(project.board);
  const stages = project.scheduled.stages.map(({ name }) => name);
  const clock = clockSchema.safeParse(await readJson(join(folder, VIVADO_PRODUCTS.clock)));
  const clockNs = 1000 / (clock.success ? clock.data.achievedMegahertz : project.clockMegahertz);
  const nodeOf = (module: string) => stageOf(module, stages);
  const design = project.scheduled.graph.name;
  const equivalence = parsed.flatMap((report) => vendorEquivalence(report, project));
  return { equivalence, resources: foldReports(parsed, { design, part, budget, clockNs, nodeOf }), diagnostics };
}

/** What Vivado made of the clock that was asked for. */
const clockSchema = z.object({ achievedMegahertz: z.number().positive() });

/** HLS first, then Vivado; the logs last, in the order of the steps. */
async function reportFiles(folder: string): Promise<string[]> {
  const below = async (part: string) =>
    (await readdir(join(folder, part), { recursive: true }).catch(() => [])).map((file) => join(part, file)).sort();
  const projects = (await readdir(folder)).filter((name) => /_(csim|hls)$/.test(name)).sort();
  const hls = (await Promise.all(projects.map(below))).flat();
  const vivado = await below("vivado/reports");
  const found = await below("logs");
  const logs = BUILD_STEPS.map((step) => join("logs", `${step}.log`)).filter((file) => found.includes(file));
  return [...hls.filter((file) => HLS_REPORT.test(file)), ...vivado.filter((file) => file.endsWith(".rpt")), ...logs];
}

const HLS_REPORT = /(_csynth\.xml|[\\/]csynth\.xml|_cosim\.rpt|[\\/]lat\.rpt|export_(syn|impl)\.xml)$/;

/** Modules are named after the functions: stage_NAME and what is inside of it. */
function stageOf(module: string, stages: readonly string[]): string | undefined {
  const inside = stages.filter((name) => module === `stage_${name}` || module.startsWith(`stage_${name}_`));
  return inside.sort((a, b) => b.length - a.length)[0];
}
