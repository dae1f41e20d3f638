/** Reads the elements of a C synthesis XML report by name: their order differs per file (VENDOR.md §1.1). */
import type { Csynth, CsynthAll, Loop, Module } from "./csynth-schema.ts";
import { type HlsResources, hlsResources, toCycles } from "./hls-values.ts";
import { toNumber } from "./number.ts";
import { children, element, elements, textAt, type XmlNode } from "./xml.ts";

/** Loops are elements named after their label, nested in each other. Real nests are shallow; a damaged file need not be. */
const MAX_NESTING = 64;

export function readCsynth(profile: XmlNode): Csynth {
  const assignments = element(profile, "UserAssignments");
  const estimates = element(profile, "PerformanceEstimates");
  const throughput = textAt(estimates, "SummaryOfOverallLatency/DataflowPipelineThroughput");
  return {
    top: textAt(assignments, "TopModelName") ?? null,
    ...readTimes(estimates, assignments),
    pipelineType: textAt(estimates, "PipelineType") ?? null,
    ...(throughput === undefined ? {} : { dataflowPipelineThroughput: toCycles(throughput) }),
    used: readResources(element(profile, "AreaEstimates/Resources")),
    available: readResources(element(profile, "AreaEstimates/AvailableResources")),
    dspTag: readDspTag(profile),
    loops: readLoops(element(estimates, "SummaryOfLoopLatency")),
  };
}

export function readCsynthAll(profile: XmlNode): CsynthAll {
  const modules = elements(profile, "ModuleInformation/Module").map(readModule);
  return {
    ...readCsynth(profile),
    moduleCount: modules.length,
    firstModule: modules[0]?.name ?? null,
    lastModule: modules.at(-1)?.name ?? null,
    loopNodes: modules.reduce((sum, module) => sum + countLoops(module.loops), 0),
    modules,
  };
}

function readModule(module: XmlNode): Module {
  const estimates = element(module, "PerformanceEstimates");
  return {
    name: textAt(module, "Name") ?? "",
    ...readTimes(estimates, element(estimates, "SummaryOfTimingAnalysis")),
    used: readResources(element(module, "AreaEstimates/Resources")) ?? {},
    loops: readLoops(element(estimates, "SummaryOfLoopLatency")),
  };
}

/** Modules give one `PipelineInitiationInterval` where the top gives `Interval-min` and `Interval-max`. */
function readTimes(estimates: XmlNode, clock: XmlNode) {
  const overall = element(estimates, "SummaryOfOverallLatency");
  const interval = textAt(overall, "PipelineInitiationInterval");
  const period = (node: XmlNode, name: string) => toNumber(textAt(node, name)) ?? null;
  return {
    pipelineType: textAt(overall, "PipelineType") ?? null,
    clockTargetNs: period(clock, "TargetClockPeriod"),
    clockUncertaintyNs: period(clock, "ClockUncertainty"),
    clockEstimatedNs: period(estimates, "SummaryOfTimingAnalysis/EstimatedClockPeriod"),
    latencyMin: toCycles(textAt(overall, "Best-caseLatency")),
    latencyAvg: toCycles(textAt(overall, "Average-caseLatency")),
    latencyMax: toCycles(textAt(overall, "Worst-caseLatency")),
    intervalMin: readInterval(textAt(overall, "Interval-min") ?? interval, 0),
    intervalMax: readInterval(textAt(overall, "Interval-max") ?? interval, 1),
  };
}

/** An interval may be one number or `2 ~ 65`. */
const readInterval = (text: string | undefined, side: 0 | 1) => {
  const parts = text?.split("~") ?? [];
  return toCycles(parts[side] ?? parts[0]);
};

function readResources(node: XmlNode): HlsResources | null {
  const found = hlsResources(
    children(node).map(([name, child]) => [name, typeof child === "string" ? child : undefined]),
  );
  return Object.keys(found).length > 0 ? found : null;
}

function readDspTag(profile: XmlNode): Csynth["dspTag"] {
  const names = children(element(profile, "AreaEstimates/Resources")).map(([name]) => name);
  return names.includes("DSP") ? "DSP" : names.includes("DSP48E") ? "DSP48E" : null;
}

function readLoops(parent: XmlNode, depth = 0): Loop[] {
  if (depth > MAX_NESTING) return [];
  return children(parent)
    .filter(([, child]) => isLoop(child))
    .map(([name, loop]) => ({
      name,
      tripCount: readBounds(loop, "TripCount"),
      latency: readBounds(loop, "Latency"),
      iterationLatency: readBounds(loop, "IterationLatency"),
      pipelineII: toCycles(textAt(loop, "PipelineII")),
      pipelineDepth: toCycles(textAt(loop, "PipelineDepth")),
      loops: readLoops(loop, depth + 1),
    }));
}

const isLoop = (node: XmlNode): boolean => ["TripCount", "Latency"].some((name) => element(node, name) !== undefined);

/** `<Latency>64</Latency>`, or `<Latency><range><min>..</min><max>..</max></range></Latency>`. */
function readBounds(loop: XmlNode, name: string) {
  const single = textAt(loop, name);
  return {
    min: toCycles(textAt(loop, `${name}/range/min`) ?? single),
    max: toCycles(textAt(loop, `${name}/range/max`) ?? single),
  };
}

const countLoops = (loops: readonly Loop[]): number => loops.reduce((sum, loop) => sum + 1 + countLoops(loop.loops), 0);
