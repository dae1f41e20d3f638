/** What AMD's own simulations say of a build: their testbench compares each word of the output with the reference. */
import { streamOf } from "../ir/graph.ts";
import { elements } from "../ir/tensor.ts";
import type { EquivalenceReport } from "../report/equivalence-report.ts";
import type { ParsedReport } from "../vivado/reports/index.ts";
import type { LogValues } from "../vivado/reports/log-values.ts";
import type { Project } from "./project.ts";
import { GOLDEN } from "./project.ts";

/**
 * A report of each simulation that the log says has passed. One that failed has no report: the step stops with the frame and word
 * that differ, and the build with it.
 */
export function vendorEquivalence({ kind, toolVersion, values }: ParsedReport, project: Project): EquivalenceReport[] {
  if (kind !== "log_hls") return [];
  const { graph } = project.scheduled;
  const { frames, seed } = GOLDEN;
  const compared = frames * elements(streamOf(graph, graph.output).shape);
  const log = values as LogValues;
  return (["csim", "cosim"] as const)
    .filter((simulation) => log[simulation] === "pass")
    .map((simulation) => ({
      version: 1,
      design: graph.name,
      simulation,
      equivalent: true,
      frames,
      inputs: { kind: "random", seed },
      streams: [{ name: graph.output, compared, differing: 0, first: null }],
      tools: [["HLS", toolVersion ?? []].flat().join(" ")],
      seconds: null,
    }));
}
