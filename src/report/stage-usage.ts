/** What a netlist says of each stage, of what stands between the stages, and of the whole. */
import type { BuildReport, CostEntry, StageEntry } from "./build-report.ts";
import { expectedOf, sumOfCosts } from "./build-report.ts";
import { withNodes, withTotal } from "./compose.ts";
import { pathDelay } from "./path-delay.ts";
import type { LongestPath, NetlistFigures, NodeUsage, ResourceReport, Resources } from "./resource-report.ts";
import { NO_RESOURCES } from "./resource-report.ts";

export interface SynthesizedModule {
  readonly module: string;
  readonly used: Resources;
  readonly netlist: NetlistFigures;
}

export interface StageSynthesis {
  /** By the name of the stage or FIFO. */
  readonly parts: ReadonlyMap<string, SynthesizedModule>;
  readonly whole: SynthesizedModule;
  /** Where the figures come from. */
  readonly source: string;
}

/** Nodes carry the names of their stages: so each stands beside what the cost model expects of the stage. */
export function withStageUsage(report: ResourceReport, { parts, whole, source }: StageSynthesis): ResourceReport {
  const available = report.budget ?? NO_RESOURCES;
  const total = { stage: "netlist", scope: "core", used: whole.used, available, clockNs: null, source } as const;
  const nodes = [...parts, [report.design ?? whole.module, whole] as const].map(usageOf);
  return withNodes(withTotal(report, total), nodes);
}

const usageOf = ([name, found]: readonly [string, SynthesizedModule]): NodeUsage => ({
  ...{ name, ...found, stage: "netlist", scope: "core", latencyCycles: null, intervalCycles: null },
});

export interface UsageRow {
  readonly name: string;
  readonly kind: StageEntry["kind"] | "fifo" | "whole";
  readonly used: Resources;
  readonly netlist: NetlistFigures;
  /** What the cost model expects. */
  readonly cost: CostEntry;
}

/** In the order of the data: the stages, the FIFOs, and last the whole with the sum of what is expected. Empty if there is no netlist. */
export function usageRows(report: BuildReport): UsageRow[] {
  const { name: design, stages, fifos, resources } = report;
  const kinds = new Map(stages.map(({ name, kind }) => [name, kind]));
  const costs = new Map([...stages, ...fifos].map(({ name, cost }) => [name, cost]));
  return (resources?.nodes ?? []).flatMap(({ name, stage, used, netlist }): UsageRow[] => {
    if (stage !== "netlist" || !netlist) return [];
    const kind = kinds.get(name) ?? (name === design ? "whole" : "fifo");
    const cost = costs.get(name) ?? expectedOf(report);
    return [{ name, kind, used, netlist, cost }];
  });
}

/** Rows to show: each layer; forks, width converters and FIFOs in one row each; and the whole. */
export function shownRows(report: BuildReport): UsageRow[] {
  const rows = usageRows(report);
  const of = (kind: UsageRow["kind"]) => rows.filter((row) => row.kind === kind);
  const between = [
    together("fork", of("fork")),
    together("width converter", of("convert")),
    together("FIFO", of("fifo")),
  ];
  return [...of("layer"), ...between.flat(), ...of("whole")];
}

/** Several rows as one, whose longest path is the longest of theirs; none of none. */
function together(what: string, rows: readonly UsageRow[]): UsageRow[] {
  const [first] = rows;
  if (!first) return [];
  const { used, netlist } = rows.reduce((all, row) => ({
    ...first,
    used: sum(all.used, row.used),
    netlist: {
      ...sum(amountsOf(all.netlist), amountsOf(row.netlist)),
      longestPath: longer(all.netlist.longestPath, row.netlist.longestPath),
    },
  }));
  return [
    { ...first, name: `${rows.length} ${what}${rows.length === 1 ? "" : "s"}`, used, netlist, cost: sumOfCosts(rows) },
  ];
}

const amountsOf = ({ longestPath: _, ...amounts }: NetlistFigures) => amounts;

/** Of what one of them does not say, what the other says. */
function sum<T extends Readonly<Record<string, number | null>>>(a: T, b: T): T {
  const add = (name: string) => (a[name] == null && b[name] == null ? null : (a[name] ?? 0) + (b[name] ?? 0));
  return Object.fromEntries(Object.keys(a).map((name) => [name, add(name)])) as T;
}

const longer = (a: LongestPath | null, b: LongestPath | null) =>
  a === null || (b !== null && pathDelay(b) > pathDelay(a)) ? b : a;

/** Whether the path is likely to be longer than a clock cycle. */
export const isTooLong = ({ netlist: { longestPath } }: UsageRow, periodNs: number): boolean =>
  longestPath !== null && pathDelay(longestPath) > periodNs;
