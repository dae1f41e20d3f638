/** Small reports of our own writing, one per kind and layout. Real ones are read in manifest.test.ts. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseReportFile, REPORT_KINDS } from "./index.ts";
import { sourceOfFile } from "./source.ts";

const FOLDER = new URL("../../../test/fixtures/reports/", import.meta.url);
const pathOf = (file: string) => new URL(file, FOLDER).pathname;
const parse = (file: string) => parseReportFile(pathOf(file));
const files = readdirSync(FOLDER).filter((file) => file.startsWith("toynet"));

const CSYNTH = {
  top: "toynet",
  pipelineType: "dataflow",
  clockTargetNs: 5,
  clockUncertaintyNs: 0.63,
  clockEstimatedNs: 4.312,
  latencyMin: 900,
  latencyAvg: "undef",
  latencyMax: 5_000_000_000,
  intervalMin: 784,
  intervalMax: 812,
  dataflowPipelineThroughput: 812,
};

describe("recognition", () => {
  it.each(files)("exactly one kind recognises %s", (file) => {
    const source = sourceOfFile(pathOf(file));
    expect(REPORT_KINDS.filter((kind) => kind.recognise(source))).toHaveLength(1);
  });

  it("has a fixture for every kind", async () => {
    const seen = new Set((await Promise.all(files.map(parse))).map((parsed) => parsed.kind));
    expect([...seen].sort()).toEqual(REPORT_KINDS.map((kind) => kind.kind).sort());
  });

  it.each(files.filter((file) => !file.includes("deadlock")))("%s is complete", async (file) => {
    expect((await parse(file)).diagnostics).toEqual([]);
  });
});

describe("C synthesis", () => {
  it("reads the XML of Vivado HLS: DSP48E, no URAM, children in another order", async () => {
    const { toolVersion, device, values } = await parse("toynet_2018.3_csynth.xml");
    expect({ toolVersion, device }).toEqual({ toolVersion: "2018.3", device: "xczu3eg-sbva484-1-i" });
    expect(values).toMatchObject({ ...CSYNTH, dspTag: "DSP48E" });
    expect(values).toHaveProperty("used", { DSP: 0, LUT: 5120, FF: 2311, BRAM_18K: 14 });
  });

  it("reads the XML of Vitis HLS, with a byte order mark and Windows line endings", async () => {
    const { values } = await parse("toynet_2022.1_csynth.xml");
    expect(values).toMatchObject({ ...CSYNTH, dspTag: "DSP", available: { URAM: 0, BRAM_18K: 432 } });
  });

  it("reads nested loops with ranges and without bounds", async () => {
    const { values } = await parse("toynet_2022.1_csynth.xml");
    const columns = { name: "columns", tripCount: { min: "inf", max: "inf" }, latency: { min: "undef", max: "undef" } };
    expect(values).toMatchObject({
      loops: [{ name: "rows", tripCount: { min: 28, max: 28 }, latency: { min: 784, max: 812 }, loops: [columns] }],
    });
  });

  it("reads the XML about all modules", async () => {
    const { kind, values } = await parse("toynet_2024.1_all_csynth.xml");
    expect(kind).toBe("hls_csynth_xml_all");
    expect(values).toMatchObject({
      ...CSYNTH,
      moduleCount: 2,
      firstModule: "conv1",
      lastModule: "toynet",
      loopNodes: 2,
    });
    expect(values).toMatchObject({
      modules: [{ name: "conv1", intervalMin: 784, intervalMax: 812, used: { LUT: 1200 } }, {}],
    });
  });

  it("reads the text report: rows of a die are not the device's, `?` is undef", async () => {
    expect((await parse("toynet_csynth.rpt")).values).toMatchObject({
      clockTarget: "5.00 ns",
      clockEstimatedNs: 4.312,
      latencyMin: 900,
      latencyMax: "undef",
      intervalMax: "undef",
      resourceColumns: ["BRAM_18K", "DSP", "FF", "LUT", "URAM"],
      totalRow: [14, 0, 2311, 5120, 0],
      availableRow: [432, 360, 141120, 70560, 0],
      utilizationRow: ["3", "0", "1", "7", "~0"],
      latencyRow: ["900", "?", "4.500 us", "?", "784", "?", "dataflow"],
      instances: [{ instance: "conv1_U0", module: "conv1", used: { LUT: 1200 } }],
    });
  });

  it.each(["toynet_2022.1_summary.rpt", "toynet_2025.2_summary.rpt"])("reads %s by its column names", async (file) => {
    expect((await parse(file)).values).toMatchObject({
      top: "toynet",
      entries: [
        {
          name: "toynet",
          type: "module",
          dataflow: true,
          latencyCycles: 900,
          interval: 812,
          slackNs: 0.69,
          used: { BRAM_18K: 14, FF: 2311, LUT: 5120 },
        },
        {},
        ...(file.includes("2022")
          ? [{ name: "pixels", type: "loop", depth: 2, tripCount: 784, pipelined: "yes" }]
          : []),
      ],
    });
  });
});

describe("co-simulation", () => {
  it("keeps the stale numbers of a row that was not run, beside its status", async () => {
    expect((await parse("toynet_cosim_new.rpt")).values).toMatchObject({
      vhdl: { status: "NA", latencyMin: 11 },
      verilog: { status: "Pass", latencyMin: 905, intervalAvg: 813, totalExecutionTime: 3345 },
      hasTotalColumn: true,
    });
  });

  it("reads the layout without the column of all cycles", async () => {
    const { values } = await parse("toynet_cosim_old.rpt");
    expect(values).toMatchObject({ verilog: { status: "Fail", latencyMin: "NA" }, hasTotalColumn: false });
  });

  it("reads cycles as assignments and per transaction", async () => {
    expect((await parse("toynet_lat.rpt")).values).toMatchObject({ MAX_LATENCY: 908, AVER_THROUGHPUT: 813 });
    expect((await parse("toynet_transaction.rpt")).values).toMatchObject({
      transactions: [{ latency: 905, interval: 812 }, {}, { latency: 908, interval: "x" }],
    });
  });
});

describe("export", () => {
  it("reads the XML of a synthesis, where the route is NA", async () => {
    const { toolVersion, values } = await parse("toynet_export_syn.xml");
    expect(toolVersion).toBe("2023.2.2");
    expect(values).toMatchObject({
      runType: "synth",
      CP_ROUTE: "NA",
      CP_SYNTH: 3.875,
      WNS_FINAL: 1.125,
      used: { BRAM: 13 },
    });
    expect(values).toMatchObject({
      instances: [
        { module: "toynet", depth: 0 },
        { name: "conv1_U0", used: { LUT: 400 } },
      ],
    });
  });

  it("reads the text report and the short one", async () => {
    expect((await parse("toynet_export_impl.rpt")).values).toMatchObject({
      stage: "implementation",
      timingMet: false,
      periods: { Target: 5, "Post-Synthesis": 3.875, "Post-Route": 5.206 },
      used: { LUT: 1480, SRL: 16 },
      instances: [{ depth: 0 }, { name: "conv1_U0", depth: 1, used: { LUT: 398, FF: 279, BRAM: 4 } }],
    });
    expect(await parse("toynet_export.rpt")).toMatchObject({
      toolVersion: "2019.2",
      device: "xczu3eg-sbva484-1-i",
      values: {
        stage: "implementation",
        timingMet: false,
        cp: { "CP achieved post-implementation": 5.206 },
        used: { CLB: 310 },
      },
    });
  });
});

describe("Vivado", () => {
  it.each([
    ["toynet_2020.2_utilization.rpt", "Fully Placed"],
    ["toynet_2022.1_utilization_synth.rpt", "Synthesized"],
    ["toynet_2023.2_versal_utilization.rpt", "Fully Placed"],
  ])("reads %s whatever the family and the columns", async (file, designState) => {
    expect((await parse(file)).values).toMatchObject({
      designState,
      LUT: { used: 5630, available: 70560, utilPct: "7.98" },
      LUTLogic: { used: 5500 },
      LUTRAM: { used: 130, available: 28800 },
      FF: { used: 6100, available: 141120 },
      BRAM_TILE: { used: 6.5, available: 216 },
      RAMB18: { used: 1 },
      DSP: { used: 0, available: 360 },
    });
  });

  it("has no URAM on a device without", async () => {
    expect((await parse("toynet_2020.2_utilization.rpt")).values).not.toHaveProperty("URAM");
  });

  it.each(["toynet_2018.3_hierarchical.rpt", "toynet_2023.2_hierarchical_percentages.rpt"])(
    "reads %s",
    async (file) => {
      expect((await parse(file)).values).toMatchObject({
        top: { Instance: "system_wrapper", Module: "(top)", "Total LUTs": 5630, RAMB36: 6 },
        instances: [
          { depth: 0 },
          { depth: 1 },
          { depth: 2, local: false, cells: { Module: "system_toynet_0_0" } },
          { depth: 3, local: true },
        ],
      });
    },
  );

  it("reads timing that is met, failed, and not there", async () => {
    expect((await parse("toynet_timing_met.rpt")).values).toMatchObject({
      WNS: 0.214,
      TPWSTotal: 12004,
      message: "met",
      clocks: [
        { name: "clk_pl_0", periodNs: 5, frequencyMhz: 200 },
        { name: "clk_out1_system", periodNs: 2.5, frequencyMhz: 400 },
      ],
    });
    expect((await parse("toynet_timing_failed.rpt")).values).toMatchObject({
      WNS: -0.206,
      TNSFailing: 12,
      message: "not met",
    });
    expect((await parse("toynet_timing_na.rpt")).values).toMatchObject({
      WNS: "NA",
      WPWS: 3.5,
      message: "no constraints",
      clocks: [],
    });
  });

  it("reads power with notes behind the numbers", async () => {
    expect((await parse("toynet_power.rpt")).values).toMatchObject({
      totalW: 14.366,
      dynamicW: 13.9,
      junctionC: 125,
      confidence: "Low",
      budget: "5.000",
      PS8W: 1.62,
      components: [{ name: "Clocks" }, { name: "CLB Logic", power: "<0.001", used: "9000" }, {}, {}],
    });
  });

  it("reads design rule checks before and after their renaming", async () => {
    expect((await parse("toynet_drc.rpt")).values).toMatchObject({
      violationsFound: 13,
      rules: [{ rule: "INBB-3", severity: "Error", count: 1 }, {}, {}, {}],
    });
    expect((await parse("toynet_2025.2_drc.rpt")).values).toMatchObject({
      violationsFound: 1,
      rules: [{ rule: "RTSTAT-10" }],
    });
    expect((await parse("toynet_drc_clean.rpt")).values).toMatchObject({ violationsFound: 0, rules: [] });
  });

  it("reads the state of the routing", async () => {
    expect((await parse("toynet_route_status.rpt")).values).toEqual({
      logicalNets: 40211,
      routableNets: 28210,
      fullyRoutedNets: 28207,
      unroutedNets: 3,
      netsWithRoutingErrors: 1,
    });
  });
});

describe("logs", () => {
  it("reads the verdict of C simulation", async () => {
    const { toolVersion, values } = await parse("toynet_hls_csim.log");
    expect(toolVersion).toBe("2023.1");
    expect(values).toMatchObject({
      errorCount: 0,
      warningCount: 1,
      csim: "pass",
      cosim: null,
      maxStreamDepth: 784,
      ended: true,
    });
  });

  it("sees a deadlock that is no error message, and errors without a code, behind doubled line endings", async () => {
    const { toolVersion, values } = await parse("toynet_hls_cosim_deadlock.log");
    expect(toolVersion).toBe("2019.2");
    expect(values).toMatchObject({
      errorCount: 3,
      firstError: "COSIM 212-4",
      errorCodes: ["COSIM 212-4"],
      cosim: "fail",
      deadlockAt: "1355000 ns",
      ended: true,
      messages: [
        { code: "COSIM 212-4", count: 2 },
        { code: null, text: expect.stringContaining("2201251806") },
      ],
    });
  });

  it("explains the messages that matter", async () => {
    const { values } = await parse("toynet_vivado.log");
    expect(values).toMatchObject({
      criticalWarningCount: 2,
      warningCount: 1,
      bitstreamWritten: true,
      messages: [
        { code: "Board 49-67" },
        { code: "Timing 38-282", hint: expect.stringContaining("misses its timing") },
      ],
    });
  });
});
