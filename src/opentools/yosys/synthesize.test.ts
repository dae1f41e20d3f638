import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { keptFolder } from "../../../test/tools/temporary.ts";
import type { Executable } from "../../build/plan.ts";
import { findTool } from "../../build/tool.ts";
import { sourceClosure } from "./source-closure.ts";
import { synthesize } from "./synthesize.ts";
import { YOSYS } from "./tool.ts";

const COUNTER = `
// The ones of a word, two cycles later; it has a module of its own.
module counter #(parameter int N = 36) (input logic clk, input logic [N-1:0] x, output logic [5:0] y);
  logic [N-1:0] word;
  delay #(.N(N)) before (.clk, .x, .y(word));
  always_ff @(posedge clk) y <= 6'($countones(word));
endmodule
module delay #(parameter int N = 1) (input logic clk, input logic [N-1:0] x, output logic [N-1:0] y);
  always_ff @(posedge clk) y <= x;
endmodule`;
const ADDER = `
module adder(input logic clk, input logic [15:0] a, b, output logic [15:0] sum);
  always_ff @(posedge clk) sum <= a + b;
endmodule`;
const MEMORIES = `
module memories(input logic clk, write, input logic [4:0] low, input logic [9:0] high, input logic [17:0] d,
                output logic [7:0] q, output logic [17:0] block, output logic late);
  logic [7:0] small [32];
  logic [17:0] large [1024];
  logic [19:0] shift;
  always_ff @(posedge clk) begin
    if (write) small[high[4:0]] <= d[7:0];
    if (write) large[high] <= d;
    block <= large[high];
    shift <= {shift[18:0], d[0]};
  end
  assign q = small[low];
  assign late = shift[19];
endmodule`;
const TOP = `
module top(input logic clk, input logic [35:0] x, output logic [5:0] y, input logic [15:0] a, b, output logic [15:0] sum);
  counter #(.N(36)) count (.clk, .x, .y);
  adder add (.clk, .a, .b, .sum);
endmodule`;
const LOOP = `
module loop(input logic en, output logic q);
  assign q = ~(q & en);
endmodule`;

const sources = new Map([
  ["rtl/top.sv", TOP],
  ["rtl/modules/counter.sv", COUNTER],
  ["rtl/modules/adder.sv", ADDER],
  ["rtl/memories.sv", MEMORIES],
  ["rtl/loop.sv", LOOP],
]);

test("a module needs the files that define what it names, and no others", () => {
  const files = (module: string) => [...sourceClosure(sources, module).keys()];
  expect(files("top")).toEqual(["rtl/modules/counter.sv", "rtl/modules/adder.sv", "rtl/top.sv"]);
  expect(files("adder")).toEqual(["rtl/modules/adder.sv"]);
  expect(files("nothing")).toEqual([...sources.keys()]);
});

const yosys = await findTool(YOSYS).catch(() => undefined);
const root = keptFolder();
beforeAll(() => vi.stubEnv("BITLOOM_CACHE", join(root, "cache")));
afterAll(() => vi.unstubAllEnvs());
const logs = join(root, "logs");
const run = (top: string, parts: string[], changed: ReadonlyMap<string, string> = sources) =>
  synthesize({ sources: changed, top, parts, logs }, { yosys: yosys as Executable });

describe.skipIf(!yosys)(`Yosys${yosys ? "" : " (skipped: neither yosys nor @yowasp/yosys is here)"}`, () => {
  test("counts what is in the parts, and measures their paths", { timeout: 300_000 }, async () => {
    const { parts, whole, others } = await run("top", ["memories", "adder"]);
    expect(parts.get("memories")).toMatchObject({
      used: { lut: 9, lutram: 9, ff: 0, bram18: 1, dsp: 0 },
      netlist: { srl: 1, ramb18: 1, ramb36: 0, carry8: 0, longestPath: { luts: 1, chains: 0 } },
    });
    // A LUT for each bit, then a chain of 16 bits; all sums of its last CARRY4 are as late.
    expect(parts.get("adder")).toMatchObject({
      used: { lut: 16, lutram: 0, ff: 16, bram18: 0, dsp: 0 },
      netlist: {
        carry8: 2,
        longestPath: { luts: 1, chains: 1, carry8: 2, to: expect.stringMatching(/^sum\[1[2-5]\]$/) },
      },
    });
    const [counter, adder] = [others.get("count"), parts.get("adder")];
    expect([...others.keys()]).toEqual(["count"]);
    expect(counter).toMatchObject({ module: "counter", used: { ff: 36 + 6 } });
    expect(whole.used.ff).toBe(16 + 36 + 6);
    expect(whole.used.lut).toBe((adder?.used.lut as number) + (counter?.used.lut as number));
    expect(whole.netlist.longestPath?.from).toMatch(/^count\.(word|before\.y)\[\d+\]$/);
    expect(whole.netlist.longestPath?.to).toMatch(/^y\[\d\]$/);
  });

  test("synthesizes again only what changed", { timeout: 300_000 }, async () => {
    expect(await run("top", ["memories", "adder"])).toMatchObject({ reused: 3 });
    const other = new Map(sources).set("rtl/modules/adder.sv", ADDER.replace("a + b", "a - b"));
    expect(await run("top", ["memories", "adder"], other)).toMatchObject({ reused: 2 });
  });

  test("quotes Yosys, and keeps nothing of a failure", { timeout: 300_000 }, async () => {
    const before = readdirSync(join(root, "cache", "yosys"));
    const broken = new Map(sources).set("rtl/modules/adder.sv", ADDER.replace("a + b", "a + missing(b)"));
    const error = await run("adder", [], broken).catch((thrown) => thrown);
    expect(error.details).toMatchObject({ reason: "failed", step: "synthesize adder", exitCode: 1 });
    expect(error.details.lines.join("\n")).toMatch(/ERROR: .*missing/);
    expect(readFileSync(error.details.log, "utf8")).toContain("adder.sv");
    expect(readdirSync(join(root, "cache", "yosys"))).toEqual(before);
  });

  test("names a combinational loop", { timeout: 300_000 }, async () => {
    await expect(run("loop", [])).rejects.toThrow("error[combinational-loop] loop: ");
  });
});
