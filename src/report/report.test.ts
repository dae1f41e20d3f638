import { describe, expect, it } from "vitest";
import { share, withFrameRates, withMessages, withNodes, withPerformance, withTotal } from "./compose.ts";
import { failuresOf } from "./failures.ts";
import {
  emptyReport,
  NO_RESOURCES,
  type ResourceReport,
  resourceReportSchema,
  type Timing,
} from "./resource-report.ts";

const UNKNOWN = { min: null, average: null, max: null };
const ULTRA96 = { lut: 70560, lutram: 28800, ff: 141120, bram18: 432, dsp: 360, uram: 0 };

const timing = (values: Partial<Timing>): Timing => ({
  met: true,
  wnsNs: 0.1,
  tnsNs: 0,
  whsNs: 0.01,
  thsNs: 0,
  wpwsNs: 1,
  failingEndpoints: 0,
  clocks: [],
  ...values,
});

const total = (stage: "estimate" | "implementation", lut: number) =>
  ({
    stage,
    scope: "system",
    used: { ...NO_RESOURCES, lut },
    available: NO_RESOURCES,
    clockNs: null,
    source: "x",
  }) as const;

const failures = (values: Partial<ResourceReport>) =>
  failuresOf({ ...emptyReport(), ...values }).map(({ code }) => code);

describe("a resource report", () => {
  it("is valid when empty", () => {
    expect(resourceReportSchema.parse(emptyReport({ design: "toynet", budget: ULTRA96 }))).toMatchObject({
      design: "toynet",
    });
  });

  it("replaces an earlier total of the same stage and scope", () => {
    const report = withTotal(withTotal(emptyReport(), total("implementation", 1)), total("implementation", 2));
    expect(report.totals.map((entry) => entry.used.lut)).toEqual([2]);
  });

  it("replaces earlier nodes by module, and earlier messages by source", () => {
    const node = {
      name: "a",
      module: "a",
      stage: "estimate",
      scope: "core",
      used: NO_RESOURCES,
      latencyCycles: null,
      intervalCycles: null,
    } as const;
    expect(withNodes(withNodes(emptyReport(), [node]), [node, { ...node, module: "b" }]).nodes).toHaveLength(2);
    const message = { severity: "error", code: null, text: "x", hint: null, count: 1, source: "log" } as const;
    expect(withMessages(withMessages(emptyReport(), [message, message]), [message]).messages).toHaveLength(1);
  });

  it("fills what one measurement left open from another", () => {
    const first = withPerformance(emptyReport(), {
      by: "measured",
      latencyCycles: { ...UNKNOWN, max: 9 },
      intervalCycles: UNKNOWN,
    });
    const both = withPerformance(first, {
      by: "measured",
      latencyCycles: UNKNOWN,
      intervalCycles: { ...UNKNOWN, max: 5 },
    });
    expect(both.performance).toMatchObject([{ latencyCycles: { max: 9 }, intervalCycles: { max: 5 } }]);
  });

  it("takes the latency for frames per second where there is no interval, and nothing from nothing", () => {
    const single = withPerformance(emptyReport(), {
      by: "measured",
      latencyCycles: { ...UNKNOWN, max: 1000 },
      intervalCycles: UNKNOWN,
    });
    expect(withFrameRates(single, 5).performance[0]?.framesPerSecond).toBeCloseTo(200_000);
    expect(withFrameRates(single).performance[0]?.framesPerSecond).toBeNull();
  });

  it("does not clamp shares", () => {
    expect(share({ ...NO_RESOURCES, lut: 141120 }, ULTRA96, "lut")).toBe(2);
    expect(share({ ...NO_RESOURCES, uram: 1 }, ULTRA96, "uram")).toBe(Number.POSITIVE_INFINITY);
    expect(share({ ...NO_RESOURCES, uram: 0 }, ULTRA96, "uram")).toBe(0);
    expect(share(NO_RESOURCES, ULTRA96, "uram")).toBeNull();
  });
});

describe("failures", () => {
  it("fails a build for negative slack, even if the tool says that timing is met", () => {
    expect(failures({ timing: timing({}) })).toEqual([]);
    expect(failures({ timing: timing({ met: false, whsNs: -0.01 }) })).toEqual(["timing-not-met"]);
  });

  it("fails a build for nets and rules", () => {
    expect(failures({ routing: { routableNets: 5, routedNets: 5, netsWithErrors: 0 } })).toEqual([]);
    expect(failures({ routing: { routableNets: 5, routedNets: 4, netsWithErrors: 0 } })).toEqual(["nets-unrouted"]);
    const drc = { error: 0, criticalWarning: 3, warning: 0, advisory: 0, rules: [] };
    expect(failures({ drc })).toEqual([]);
    expect(failures({ drc: { ...drc, error: 1 } })).toEqual(["drc-errors"]);
  });

  it("does not fail a build for an estimate above the budget", () => {
    expect(failures({ budget: ULTRA96, totals: [total("estimate", 193_380)] })).toEqual([]);
    expect(failures({ budget: ULTRA96, totals: [total("implementation", 70_561)] })).toEqual(["budget-exceeded"]);
  });
});
