/** The estimate of C synthesis as part of a ResourceReport. */
import { withDesign, withPerformance, withTargetClock, withTotal } from "../../report/compose.ts";
import { NO_RESOURCES, type ResourceReport } from "../../report/resource-report.ts";
import { type Cycles, type HlsResources, rangeOf, resourcesOfHls } from "./hls-values.ts";

export interface Estimate {
  readonly top: string | null;
  readonly clockTargetNs: number | null;
  readonly clockEstimatedNs: number | null;
  readonly latencyMin: Cycles;
  readonly latencyAvg?: Cycles;
  readonly latencyMax: Cycles;
  readonly intervalMin: Cycles;
  readonly intervalMax: Cycles;
  readonly used: HlsResources | null;
  readonly available: HlsResources | null;
}

export function foldCsynth(report: ResourceReport, values: Estimate, device: string | null, source: string) {
  const named = withTargetClock(withDesign(report, values.top, device), values.clockTargetNs);
  const performing = withPerformance(named, {
    by: "estimate",
    latencyCycles: rangeOf(values.latencyMin, values.latencyAvg, values.latencyMax),
    intervalCycles: rangeOf(values.intervalMin, null, values.intervalMax),
  });
  return withTotal(performing, {
    stage: "estimate",
    scope: "core",
    used: values.used === null ? NO_RESOURCES : resourcesOfHls(values.used),
    available: values.available === null ? NO_RESOURCES : resourcesOfHls(values.available),
    clockNs: values.clockEstimatedNs,
    source,
  });
}
