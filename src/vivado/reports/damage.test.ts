/** Files that are cut, empty, huge, of another encoding or of no kind at all: the values that are there, or a clear error. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { DiagnosticError } from "../../diagnostics.ts";
import { type ParsedReport, parseReport, parseReportFile } from "./index.ts";

const FOLDER = new URL("../../../test/fixtures/reports/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, FOLDER));
const files = readdirSync(FOLDER).filter((file) => file.startsWith("toynet"));

const scratch = mkdtempSync(join(tmpdir(), "bitloom-reports-"));
afterAll(() => rmSync(scratch, { recursive: true }));

async function outcome(content: string | Uint8Array): Promise<ParsedReport | DiagnosticError> {
  return parseReport(content).catch((error: unknown) => {
    if (error instanceof DiagnosticError) return error;
    throw error;
  });
}

async function codeOf(action: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await action.catch((reason: unknown) => reason);
  return error instanceof DiagnosticError ? error.diagnostics[0]?.code : undefined;
}

/** Paths at which `part` says something else than `whole`. Less is fine, other is not. */
function contradictions(part: unknown, whole: unknown, path = ""): string[] {
  if (part === null || part === undefined) return [];
  if (typeof part !== "object") return part === whole ? [] : [`${path}: ${part} is not ${whole}`];
  const other = new Map(Object.entries(whole ?? {}));
  return Object.entries(part).flatMap(([key, value]) => contradictions(value, other.get(key), `${path}.${key}`));
}

describe("cut files", () => {
  it.each(files)("%s cut at any byte gives no wrong value", async (file) => {
    const bytes = read(file);
    const whole = await parseReport(bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        const part = await outcome(bytes.subarray(0, length));
        if (part instanceof DiagnosticError) return;
        expect(part.kind).toBe(whole.kind);
        // What a log counts depends on how far it goes.
        if (!part.kind.startsWith("log_")) expect(contradictions(part.values, whole.values)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("says what is missing", async () => {
    const text = read("toynet_timing_met.rpt").toString();
    const { values, diagnostics } = await parseReport(text.slice(0, text.indexOf("| Clock Summary")), "t.rpt");
    expect(values).toMatchObject({ WNS: 0.214, clocks: null });
    expect(diagnostics).toMatchObject([{ code: "report-incomplete", severity: "warning", path: "t.rpt" }]);
    expect(diagnostics[0]?.message).toBe("the vivado_timing report does not hold: clocks");
  });

  it("does not take half a number for a number", async () => {
    const text = read("toynet_export.rpt").toString();
    const { values } = await parseReport(text.slice(0, text.indexOf("2090") + 2));
    expect(values).toHaveProperty("used", { CLB: 310, LUT: 1480 });
  });

  it("says that a log has no end", async () => {
    const { values, diagnostics } = await parseReport(
      "INFO: [HLS 200-10] Running\nERROR: [HLS 200-1023] Part is not installed.\n",
    );
    expect(values).toMatchObject({ errorCount: 1, ended: false });
    expect(diagnostics).toMatchObject([{ code: "report-incomplete" }]);
  });
});

describe("damaged files", () => {
  it("never fails otherwise than with a diagnostic", async () => {
    const damage = fc.record({ file: fc.constantFrom(...files), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, bytes }) => {
        const damaged = Buffer.from(read(file));
        damaged.set(bytes, at % (damaged.length - 8));
        await outcome(damaged);
      }),
      { numRuns: 300 },
    );
  });

  it("does not read a number with a decimal comma", async () => {
    const text = read("toynet_power.rpt")
      .toString()
      .replaceAll(/(\d)\.(\d{3}) /g, "$1,$2 ");
    const { values, diagnostics } = await parseReport(text);
    expect(values).toMatchObject({ totalW: null, junctionC: 125 });
    expect(diagnostics).toMatchObject([{ code: "report-incomplete" }]);
  });
});

describe("other files", () => {
  it("reads UTF-16, and bytes of another code page", async () => {
    const log = read("toynet_vivado.log").toString();
    const utf16 = await parseReport(Buffer.from(`\uFEFF${log}`, "utf16le"));
    expect(utf16.values).toMatchObject({ criticalWarningCount: 2 });
    const korean = Buffer.concat([Buffer.from([0xb1, 0xdd]), read("toynet_cosim_old.rpt")]);
    expect((await parseReport(korean)).values).toMatchObject({ verilog: { status: "Fail" } });
  });

  it("names the problem", async () => {
    expect(await codeOf(parseReport(""))).toBe("report-empty");
    expect(await codeOf(parseReport(new Uint8Array(5000)))).toBe("report-empty");
    expect(await codeOf(parseReport("hello"))).toBe("report-unknown");
    expect(await codeOf(parseReport(read("toynet_2018.3_csynth.xml").subarray(0, 900)))).toBe("report-malformed");
    expect(await codeOf(parseReport("<profile><UserAssignments/></profile>"))).toBe("report-without-values");
    expect(await codeOf(parseReportFile(join(scratch, "absent.rpt")))).toBe("report-unreadable");
    expect(await codeOf(parseReportFile(scratch))).toBe("report-unreadable");
  });

  it("streams a log of 100 MB", async () => {
    const path = join(scratch, "big.log");
    const log = read("toynet_vivado.log");
    writeFileSync(path, Buffer.alloc(100 * 2 ** 20, log));
    const { values, diagnostics } = await parseReportFile(path);
    const count = (100 * 2 ** 20) / log.length;
    expect(values).toHaveProperty(
      "warningCount",
      expect.toSatisfy((n: number) => Math.abs(n - count) <= 1),
    );
    expect(diagnostics.map((diagnostic) => diagnostic.code)).not.toContain("report-cut");
  });

  it("reads the start of another report of 100 MB, and refuses such an XML", async () => {
    const report = join(scratch, "big.rpt");
    writeFileSync(
      report,
      Buffer.concat([read("toynet_timing_met.rpt"), Buffer.alloc(100 * 2 ** 20, "| a path | 1.0 |\n")]),
    );
    const { values, diagnostics } = await parseReportFile(report);
    expect(values).toMatchObject({ WNS: 0.214 });
    expect(diagnostics).toMatchObject([{ code: "report-cut" }]);
    writeFileSync(report, Buffer.concat([read("toynet_2018.3_csynth.xml"), Buffer.alloc(100 * 2 ** 20, "<a/>")]));
    expect(await codeOf(parseReportFile(report))).toBe("report-too-large");
  });
});
