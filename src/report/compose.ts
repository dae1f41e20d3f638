/** Pure steps that build up a ResourceReport. A later report about the same thing replaces an earlier one. */
import type {
  NodeUsage,
  Performance,
  Range,
  ReportMessage,
  ResourceReport,
  Resources,
  Total,
} from "./resource-report.ts";

export const withTool = (report: ResourceReport, tool: string): ResourceReport =>
  report.tools.includes(tool) ? report : { ...report, tools: [...report.tools, tool].sort() };

/** Names the design and the part unless they are named already. */
export const withDesign = (report: ResourceReport, design: string | null, part: string | null): ResourceReport => ({
  ...report,
  design: report.design ?? design,
  part: report.part ?? part,
});

export const withTargetClock = (report: ResourceReport, targetNs: number | null): ResourceReport => ({
  ...report,
  clock: { ...report.clock, targetNs: targetNs ?? report.clock.targetNs },
});

export const withTotal = (report: ResourceReport, total: Total): ResourceReport => ({
  ...report,
  totals: [...report.totals.filter((other) => other.stage !== total.stage || other.scope !== total.scope), total],
});

export function withNodes(report: ResourceReport, nodes: readonly NodeUsage[]): ResourceReport {
  const key = (node: NodeUsage) => [node.stage, node.scope, node.module].join("\n");
  const replaced = new Set(nodes.map(key));
  return { ...report, nodes: [...report.nodes.filter((node) => !replaced.has(key(node))), ...nodes] };
}

/** What two reports of one design say of different stages. */
export const joined = (report: ResourceReport, other: ResourceReport): ResourceReport => {
  const tools = other.tools.reduce(withTool, report);
  return withNodes(other.totals.reduce(withTotal, tools), other.nodes);
};

/** Merges what several reports measured: the cosim report has the ranges, the list of transactions only some of them. */
export function withPerformance(report: ResourceReport, found: Omit<Performance, "framesPerSecond">): ResourceReport {
  const before = report.performance.find((other) => other.by === found.by);
  const merged = {
    ...found,
    latencyCycles: mergeRange(found.latencyCycles, before?.latencyCycles),
    intervalCycles: mergeRange(found.intervalCycles, before?.intervalCycles),
    framesPerSecond: null,
  };
  return { ...report, performance: [...report.performance.filter((other) => other.by !== found.by), merged] };
}

const mergeRange = (found: Range, before: Range | undefined): Range => ({
  min: found.min ?? before?.min ?? null,
  average: found.average ?? before?.average ?? null,
  max: found.max ?? before?.max ?? null,
});

/** Equal messages are counted once per log. */
export function withMessages(report: ResourceReport, messages: readonly ReportMessage[]): ResourceReport {
  const sources = new Set(messages.map((message) => message.source));
  return { ...report, messages: [...report.messages.filter((other) => !sources.has(other.source)), ...messages] };
}

/** Frames per second need the clock that the accelerator will run with: the given one, else the target. */
export function withFrameRates(report: ResourceReport, clockNs?: number): ResourceReport {
  const runNs = clockNs ?? report.clock.runNs ?? report.clock.targetNs;
  const performance = report.performance.map((entry) => ({ ...entry, framesPerSecond: frameRate(entry, runNs) }));
  return { ...report, clock: { ...report.clock, runNs }, performance };
}

/**
 * One frame per interval. A single simulated frame has no interval; then one frame per latency, which is what a host gets that
 * sends frames one by one.
 */
function frameRate(entry: Performance, clockNs: number | null): number | null {
  const cycles = entry.intervalCycles.max ?? entry.latencyCycles.max;
  return cycles === null || cycles === 0 || clockNs === null || clockNs <= 0 ? null : 1e9 / (cycles * clockNs);
}

/** Used share of a resource, 1 = all of it. More than 1 is normal for an estimate; any of what the board lacks is infinite. */
export function share(used: Resources, budget: Resources, name: keyof Resources): number | null {
  const [part, whole] = [used[name], budget[name]];
  if (part === null || whole === null) return null;
  return part === 0 ? 0 : part / whole;
}
