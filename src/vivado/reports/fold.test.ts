/** All reports of one build become one ResourceReport. */
import { describe, expect, it } from "vitest";
import { failuresOf } from "../../report/failures.ts";
import { type FoldOptions, foldReports, parseReportFile } from "./index.ts";

const FOLDER = new URL("../../../test/fixtures/reports/", import.meta.url);

const fold = async (files: readonly string[], options?: FoldOptions) =>
  foldReports(
    await Promise.all(files.map((file) => parseReportFile(new URL(`toynet_${file}`, FOLDER).pathname))),
    options,
  );

describe("foldReports", () => {
  it("keeps the estimate, the synthesis and the implementation apart, and the core and the system", async () => {
    const report = await fold(["2024.1_all_csynth.xml", "export_syn.xml", "export.rpt", "2020.2_utilization.rpt"]);
    expect(
      report.totals.map(({ stage, scope, used, clockNs }) => ({
        stage,
        scope,
        lut: used.lut,
        bram18: used.bram18,
        clockNs,
      })),
    ).toEqual([
      { stage: "estimate", scope: "core", lut: 5120, bram18: 14, clockNs: 4.312 },
      { stage: "synthesis", scope: "core", lut: 1502, bram18: 13, clockNs: 3.875 },
      { stage: "implementation", scope: "core", lut: 1480, bram18: 13, clockNs: 5.206 },
      { stage: "implementation", scope: "system", lut: 5630, bram18: 13, clockNs: null },
    ]);
    expect(report).toMatchObject({ design: "toynet", part: "xczu3eg-sbva484-1-i" });
    expect(report.tools).toEqual(["HLS 2024.1", "Vivado 2019.2", "Vivado 2020.2", "Vivado 2023.2.2"]);
  });

  it("names the graph's nodes where they are known", async () => {
    const nodeOf = (module: string) => ({ conv1: "features.0" })[module];
    const report = await fold(["2024.1_all_csynth.xml", "export_syn.xml"], { nodeOf });
    expect(report.nodes.filter((node) => node.name === "features.0")).toMatchObject([
      { stage: "estimate", used: { lut: 1200 }, intervalCycles: { min: 784, max: 812 } },
      { stage: "synthesis", used: { lut: 400, ff: 280 } },
    ]);
  });

  it("takes cycles from the simulation that passed, and frames per second at the clock that will run", async () => {
    const report = await fold(["2022.1_csynth.xml", "cosim_new.rpt"], { clockNs: 5.00005 });
    expect(report.performance).toMatchObject([
      { by: "estimate", latencyCycles: { min: 900, average: null, max: 5e9 }, intervalCycles: { max: 812 } },
      { by: "measured", latencyCycles: { min: 905, average: 906, max: 908 } },
    ]);
    expect(report.performance[1]?.framesPerSecond).toBeCloseTo(1e9 / (814 * 5.00005));
    expect((await fold(["cosim_old.rpt"])).performance).toEqual([]);
  });

  it("reads the cycles of transactions", async () => {
    const { performance } = await fold(["transaction.rpt"]);
    expect(performance).toMatchObject([
      { latencyCycles: { min: 905, max: 908 }, intervalCycles: { average: 813 }, framesPerSecond: null },
    ]);
  });

  it("collects timing, power, checks, routing and messages", async () => {
    const report = await fold([
      "timing_failed.rpt",
      "power.rpt",
      "drc.rpt",
      "route_status.rpt",
      "vivado.log",
      "methodology.rpt",
    ]);
    expect(report).toMatchObject({
      timing: { met: false, wnsNs: -0.206, failingEndpoints: 12 },
      power: { totalW: 14.366, processorW: 1.62, confidence: "Low" },
      drc: { error: 1, criticalWarning: 2, warning: 7, advisory: 3 },
      routing: { routableNets: 28210, routedNets: 28207, netsWithErrors: 1 },
      messages: [{ code: "Board 49-67", source: "log_vivado" }, { code: "Timing 38-282" }],
    });
    expect(failuresOf(report).map((failure) => failure.code)).toEqual([
      "timing-not-met",
      "nets-unrouted",
      "drc-errors",
    ]);
  });

  it("accepts reports that were stored as JSON, and refuses altered ones", async () => {
    const parsed = await parseReportFile(new URL("toynet_power.rpt", FOLDER).pathname);
    const stored = JSON.parse(JSON.stringify(parsed));
    expect(foldReports([stored])).toEqual(foldReports([parsed]));
    expect(() => foldReports([{ ...stored, values: { totalW: "much" } }])).toThrow();
  });

  it("gives an empty report for nothing", () => {
    expect(failuresOf(foldReports([]))).toEqual([]);
  });
});
