import { describe, expect, it } from "vitest";
import type { BuildReport } from "../../src/report/build-report.ts";
import { buildReportSchema } from "../../src/report/build-report.ts";
import { renderReport } from "../../src/report/html/index.ts";
import { sampleReport } from "./sample.ts";

const report = sampleReport(16, 2);
const page = renderReport(report);
const text = (html: string) => html.replace(/<[^>]*>/g, "");

/** The page of the report with some of it replaced. */
const pageWith = (values: Partial<BuildReport>) => renderReport({ ...report, ...values });

describe("the report of a build", () => {
  it("is what the schema says", () => {
    expect(buildReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(buildReportSchema.safeParse({ ...report, stages: [] }).success).toBe(false);
    expect(buildReportSchema.safeParse({ ...report, created: "yesterday" }).success).toBe(false);
    expect(buildReportSchema.safeParse({ ...report, extra: 1 }).success).toBe(false);
  });

  it("has every FIFO between its writer and its reader", () => {
    const ends = (side: "inputs" | "outputs") => report.stages.flatMap((stage) => stage[side]);
    const names = report.fifos.map(({ name }) => name);
    expect([...ends("outputs"), report.input.fifo].sort()).toEqual([...names].sort());
    expect([...ends("inputs"), report.output.fifo].sort()).toEqual([...names].sort());
  });
});

describe("the page of a build", () => {
  it("has one row for each stage, with shapes, types, folding and cost", () => {
    const rows = [...page.matchAll(/ id="stage-(\d+)"/g)].map(([, place]) => Number(place));
    expect(rows).toEqual(report.stages.map((_stage, i) => i + 1));
    const conv = page.slice(page.search(/<span class="name">conv1\b/));
    expect(text(conv.slice(0, conv.indexOf("</summary>")))).toMatch(/conv2d.*16 × 16 × 16 ap_int.*PE \d+ · SIMD \d+/s);
  });

  it("links to places that are there", () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(report.stages.length);
    for (const link of links) expect(ids).toContain(link);
  });

  it("marks the bottleneck", () => {
    const slowest = report.stages.filter(({ kind, cycles }) => kind === "layer" && cycles === report.cyclesPerFrame);
    expect(page.match(/<li class="row layer hot"/g)).toHaveLength(slowest.length);
  });

  it("keeps estimate and implementation apart, and says what is above the budget", () => {
    const resources = text(page.slice(page.indexOf('id="resources"'), page.indexOf('id="cycles"')));
    expect(resources).toMatch(/estimate, accelerator alone\s*193,380 274 %/);
    expect(resources).toMatch(/implementation, whole system\s*56,316 80 %/);
  });

  it("shows what each stage takes by its netlist, and which paths are too long", () => {
    const resources = page.slice(page.indexOf('id="resources"'), page.indexOf('id="cycles"'));
    expect(text(resources)).toMatch(/netlist, accelerator alone/);
    const rows = [...resources.matchAll(/<tr><th scope="row">([^<]*)<\/th>.*<\/tr>/g)];
    const row = (name: string) => text(rows.find(([, found]) => found === name)?.[0] ?? "");
    expect(row("conv1")).toMatch(/90.*100.*2.3 ns: 2 LUT \+ 1 chain of 1.5 CARRY8/);
    expect(row(`${report.fifos.length} FIFOs`)).toMatch(/too long/);
    expect(text(page)).toContain("Not placed and routed yet. Likely too slow by their netlists: ");
  });

  it("says what differs first, and what was not shown", () => {
    expect(text(page)).toContain("The first stream that differs is bn1: 12 of 4,096 values.");
    expect(text(page)).toContain("the reference gives -129, the simulation 127");
    const bare = text(pageWith({ resources: null, equivalence: [], messages: [] }));
    expect(bare.match(/not shown/g)).toHaveLength(5);
    expect(bare).toContain("None that matter.");
  });

  it("says the worst messages first", () => {
    const messages = text(page.slice(page.indexOf('id="messages"')));
    expect(messages.indexOf("critical warning")).toBeLessThan(messages.indexOf("report-cut"));
    expect(messages).toContain("vivado.log, 3 times");
  });

  it("needs nothing from elsewhere", () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|https?:|<[^>]* on\w+=/i);
  });

  it("is the same for the same build", () => {
    expect(renderReport(report)).toBe(page);
  });
});

describe("hostile text", () => {
  const hostile = `</style><script>alert(1)</script><img src=x onerror="alert('2')">&\0`;
  const stages = report.stages.map((stage) => ({ ...stage, name: hostile, type: hostile })) as BuildReport["stages"];
  const messages = [{ severity: "error", code: hostile, path: hostile, message: hostile, hint: hostile }] as const;

  it("stays text wherever it comes from", () => {
    const everywhere = renderReport({
      ...{ ...report, stages, name: hostile, digest: hostile, messages: [...messages] },
      tools: [{ name: hostile, version: hostile }],
      board: { ...report.board, name: hostile, part: hostile },
      input: { ...report.input, name: hostile, type: hostile },
    });
    expect(everywhere).not.toMatch(/<script|<img|\0/);
    expect(everywhere.match(/<\/style>/g)).toHaveLength(1);
    expect(everywhere.match(/&lt;script&gt;alert\(1\)/g)?.length).toBeGreaterThan(20);
  });
});
