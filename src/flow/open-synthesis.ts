/** Synthesizes the SystemVerilog of a project with Yosys, and keeps in its folder what each stage and the whole take. */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Executable } from "../build/plan.ts";
import { makePlan } from "../build/plan.ts";
import { findTool } from "../build/tool.ts";
import { loadBoard } from "../codegen/board.ts";
import { fifoInstance, stageInstance } from "../codegen/rtl/core.ts";
import { generateRtl } from "../codegen/rtl/index.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { staleReport } from "../diagnostics.ts";
import { readJson, writeWhole } from "../files.ts";
import { layers } from "../layers/index.ts";
import type { Synthesized } from "../opentools/yosys/synthesize.ts";
import { cache, jobsOf, synthesize } from "../opentools/yosys/synthesize.ts";
import { YOSYS } from "../opentools/yosys/tool.ts";
import { withTargetClock, withTool } from "../report/compose.ts";
import type { ResourceReport } from "../report/resource-report.ts";
import { emptyReport, resourceReportSchema } from "../report/resource-report.ts";
import type { SynthesizedModule } from "../report/stage-usage.ts";
import { withStageUsage } from "../report/stage-usage.ts";
import { stageEntries } from "./build-report.ts";
import type { Project } from "./project.ts";
import type { Watch } from "./watch.ts";

/** Where a project keeps what Yosys found. */
const IN_PROJECT = "reports/yosys.json";

/** `project` is the digest of the project that was synthesized. */
const keptSchema = z.strictObject({ version: z.literal(1), project: z.string(), resources: resourceReportSchema });

/** Rejects with a DiagnosticError for kinds without SystemVerilog, or with a ToolError. The logs go into the folder. */
export async function synthesizeProject(project: Project, folder: string, watch: Watch): Promise<ResourceReport> {
  const design = designOf(project);
  const yosys = await findTool(YOSYS);
  const onProgress = (done: number, total: number) => watch.progress?.("synthesis", done, total);
  const options = { yosys, signal: watch.signal, onProgress };
  const found = await synthesize({ ...design, logs: join(folder, "logs") }, options);
  const resources = reportOf(project, found, yosys);
  const kept = { version: 1, project: digestOf(project), resources };
  await writeWhole(join(folder, IN_PROJECT), `${JSON.stringify(kept, null, 2)}\n`);
  return resources;
}

/** The modules to synthesize; `done` are those whose netlists are there already. */
export type SynthesisPlan = readonly { readonly module: string; readonly done: boolean }[];

export async function planSynthesis(project: Project): Promise<SynthesisPlan> {
  const jobs = jobsOf(designOf(project), await findTool(YOSYS));
  return Promise.all(
    jobs.map(async ({ module, file }) => {
      const done = await access(join(cache(), file)).then(
        () => true,
        () => false,
      );
      return { module, done };
    }),
  );
}

/** What was found for this very project; null if nothing was. */
export async function readSynthesis(
  folder: string,
  project: Project,
): Promise<{ resources: ResourceReport | null; diagnostics: Diagnostic[] }> {
  const { success, data } = keptSchema.safeParse(await readJson(join(folder, IN_PROJECT)));
  if (!success) return { resources: null, diagnostics: [] };
  if (data.project !== digestOf(project)) return { resources: null, diagnostics: [staleReport(IN_PROJECT)] };
  return { resources: data.resources, diagnostics: [] };
}

const digestOf = ({ files }: Project): string => makePlan(files).digest;

/** What stands between the stages is part of the whole. */
function designOf({ scheduled }: Project) {
  const stages = stageEntries(scheduled).filter(({ kind }) => kind === "layer");
  const parts = stages.map(({ name }) => stageInstance(name));
  return { sources: generateRtl(scheduled, layers), top: scheduled.graph.name, parts };
}

function reportOf({ scheduled, board, clockMegahertz }: Project, found: Synthesized, yosys: Executable) {
  const { graph, stages, fifos } = scheduled;
  const { part, budget } = loadBoard(board);
  const source = `${yosys.name} ${yosys.version}`;
  const empty = withTool(emptyReport({ design: graph.name, part, budget }), source);
  const usageOf = (instance: string) => (found.parts.get(instance) ?? found.others.get(instance)) as SynthesizedModule;
  const parts = new Map([
    ...stages.map(({ name }) => [name, usageOf(stageInstance(name))] as const),
    ...[...fifos.keys()].map((name) => [name, usageOf(fifoInstance(name))] as const),
  ]);
  return withStageUsage(withTargetClock(empty, 1000 / clockMegahertz), { parts, whole: found.whole, source });
}
