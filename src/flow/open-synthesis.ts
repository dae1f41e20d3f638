/** Synthesizes the SystemVerilog of a project with Yosys: each stage for itself, and the whole. */
import { findTool } from "../build/tool.ts";
import { loadBoard } from "../codegen/board.ts";
import { generateRtl } from "../codegen/rtl/index.ts";
import { layers } from "../layers/index.ts";
import { synthesize } from "../opentools/yosys/synthesize.ts";
import { YOSYS } from "../opentools/yosys/tool.ts";
import type { StageEntry } from "../report/build-report.ts";
import { withTool } from "../report/compose.ts";
import type { ResourceReport } from "../report/resource-report.ts";
import { emptyReport } from "../report/resource-report.ts";
import type { SynthesizedModule } from "../report/stage-usage.ts";
import { withStageUsage } from "../report/stage-usage.ts";
import { stageEntries } from "./build-report.ts";
import type { Project } from "./project.ts";
import type { Watch } from "./watch.ts";

export interface OpenSynthesis {
  readonly resources: ResourceReport;
  readonly stages: readonly StageEntry[];
}

/** `logs` is a folder. Rejects with a DiagnosticError for kinds without SystemVerilog, or with a ToolError. */
export async function synthesizeProject(project: Project, logs: string, watch: Watch): Promise<OpenSynthesis> {
  const { scheduled, board } = project;
  const design = scheduled.graph.name;
  const sources = generateRtl(scheduled, layers);
  const yosys = await findTool(YOSYS);
  const layerStages = scheduled.stages.filter(({ kind }) => kind === "layer").map(({ name }) => name);
  // The whole takes longest, so it begins first.
  const modules = [design, ...layerStages.map(moduleOf)];
  const onProgress = (done: number, total: number) => watch.progress?.("synthesis", done, total);
  const { modules: found } = await synthesize({ sources, modules, logs }, { yosys, signal: watch.signal, onProgress });
  const source = `${yosys.name} ${yosys.version}`;
  const { part, budget } = loadBoard(board);
  const stages = stageEntries(scheduled);
  const synthesized = layerStages.map((name) => [name, found.get(moduleOf(name)) as SynthesizedModule] as const);
  const resources = withStageUsage(withTool(emptyReport({ design, part, budget }), source), stages, {
    stages: new Map(synthesized),
    core: found.get(design),
    source,
  });
  return { resources, stages };
}

const moduleOf = (stage: string): string => `stage_${stage}`;
