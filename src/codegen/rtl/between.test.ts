/** What stands between stages in Verilator: FIFOs of every form and converters, with gaps and back-pressure, against counters. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { runBench } from "../../../test/tools/run-bench.ts";
import { findTool } from "../../build/tool.ts";
import { VERILATOR } from "../../opentools/verilator-tool.ts";
import { packageFile } from "../../package-root.ts";
import { moduleFiles } from "./modules.ts";

const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-between-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ports of the module under test, and what offers and takes: neither, one or both of them have gaps, in turn. */
const HARNESS = `
  logic in_valid = 0, out_ready = 0;
  wire in_ready, out_valid;
  int put = 0, taken = 0, cycle = 0;
  wire [1:0] phase = cycle / 500;
  always @(posedge clk) if (!rst) begin
    cycle <= cycle + 1;
    in_valid <= !phase[0] || $urandom_range(2) == 0 || (in_valid && !in_ready);
    out_ready <= !phase[1] || $urandom_range(2) == 0;
    put <= put + (in_valid && in_ready);
    taken <= taken + (out_valid && out_ready);
  end`;
const PORTS =
  ".clk(clk), .rst(rst), .in_valid(in_valid), .in_ready(in_ready), .out_valid(out_valid), .out_ready(out_ready)";

/** A beat can leave in the cycle after it came, and there is room until it holds DEPTH. */
const fifo = (depth: number, block: number) => `
  wire [15:0] out_data;
  bitloom_fifo #(.WIDTH(16), .DEPTH(${depth}), .BLOCK(${block})) fifo (${PORTS}, .in_data(put[15:0]), .out_data(out_data));
  always @(posedge clk) if (!rst) begin
    if (out_valid && out_data !== taken[15:0]) $error("FIFO ${depth} ${block}: %d instead of %d", out_data, taken);
    if (out_valid !== (put != taken)) $error("FIFO ${depth} ${block}: holds %d, valid %b", put - taken, out_valid);
    if (in_ready !== (put - taken != ${depth})) $error("FIFO ${depth} ${block}: holds %d, ready %b", put - taken, in_ready);
  end`;

/** Elements are numbered; a beat in has \`from\` of them, a beat out \`to\`. */
const converter = (from: number, to: number) => `
  logic [${from}*8-1:0] in_data;
  wire [${to}*8-1:0] out_data;
  always_comb for (int i = 0; i < ${from}; i++) in_data[i*8+:8] = put * ${from} + i;
  bitloom_convert #(.BITS(8), .IN(${from}), .OUT(${to})) convert (${PORTS}, .in_data(in_data), .out_data(out_data));
  always @(posedge clk) if (!rst && out_valid)
    for (int i = 0; i < ${to}; i++)
      if (out_data[i*8+:8] !== 8'(taken * ${to} + i)) $error("${from} to ${to}: %h as beat %d", out_data, taken);`;

const FIFOS = [1, 2, 3, 5, 64, 65, 100].flatMap((depth) =>
  (depth > 2 ? [0, 1] : [0]).map((block) => fifo(depth, block)),
);
const CONVERTERS = [
  [1, 2],
  [2, 6],
  [3, 24],
  [2, 1],
  [6, 2],
  [20, 4],
  [24, 3],
].map(([from, to]) => converter(from as number, to as number));

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test("beats leave in order, as soon as they can", { timeout: 600_000 }, async () => {
    const cases = [...FIFOS, ...CONVERTERS].map(
      (body, i) => `
module case_${i}(input logic clk, rst, output int moved);${HARNESS}${body}
  assign moved = taken;
endmodule`,
    );
    const bench = `
module bench;
  logic clk = 0, rst = 1;
  int cycle = 0;
  int moved[${cases.length}];
  always #1 clk = !clk;
  always @(posedge clk) begin
    cycle <= cycle + 1;
    if (cycle == 4) rst <= 0;
    if (cycle == 6000) begin
      foreach (moved[i]) if (moved[i] < 300) $error("case %d has moved %d beats", i, moved[i]);
      $finish;
    end
  end
${cases.map((_, i) => `  case_${i} test_${i}(.clk(clk), .rst(rst), .moved(moved[${i}]));`).join("\n")}
endmodule`;
    const primitive = readFileSync(packageFile("sim/primitives/LUT6_2.sv"), "utf8");
    await runBench([primitive, ...moduleFiles(cases).values(), ...cases, bench], folder, verilator!);
  });
});
