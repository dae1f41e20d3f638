/** Puts what a synthesis found for the stages' modules, and for the whole, into a report. */
import type { StageEntry } from "./build-report.ts";
import { withNodes, withTotal } from "./compose.ts";
import type { NetlistFigures, NodeUsage, ResourceReport, Resources } from "./resource-report.ts";
import { NO_RESOURCES } from "./resource-report.ts";

export interface SynthesizedModule {
  readonly module: string;
  readonly used: Resources;
  readonly netlist: NetlistFigures;
}

export interface StageSynthesis {
  /** By the name of the stage; a stage whose module was not synthesized is not there. */
  readonly stages: ReadonlyMap<string, SynthesizedModule>;
  /** The whole accelerator as one module. */
  readonly core: SynthesizedModule | undefined;
  /** Where the figures come from. */
  readonly source: string;
}

/** Nodes carry the names of their stages: so each stands beside what the cost model expects of the stage. */
export function withStageUsage(
  report: ResourceReport,
  stages: readonly StageEntry[],
  { stages: found, core, source }: StageSynthesis,
): ResourceReport {
  const nodes = stages.flatMap(({ name }) => usageOf(name, found.get(name)));
  if (!core) return withNodes(report, nodes);
  const available = report.budget ?? NO_RESOURCES;
  const total = { stage: "synthesis", scope: "core", used: core.used, available, clockNs: null, source } as const;
  return withNodes(withTotal(report, total), [...nodes, ...usageOf(report.design ?? core.module, core)]);
}

function usageOf(name: string, found: SynthesizedModule | undefined): NodeUsage[] {
  if (!found) return [];
  return [{ name, ...found, stage: "synthesis", scope: "core", latencyCycles: null, intervalCycles: null }];
}
