import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { runBench } from "../../../test/tools/run-bench.ts";
import { findTool } from "../../build/tool.ts";
import { VERILATOR } from "../../opentools/verilator-tool.ts";
import { packageFile } from "../../package-root.ts";

const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-terms-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The bits of one lane, counted by their weights. */
function counted(simd: number): string {
  const [sums, carries] = [Math.ceil(simd / 3), Math.floor((simd + 1) / 3)];
  const high = carries > 0 ? `2 * $countones(ones${simd}[${sums}+:${carries}])` : "0";
  return `
  logic [${simd - 1}:0] x${simd} = 0, weights${simd} = 0;
  wire [${sums + carries - 1}:0] ones${simd};
  bitloom_xnor #(.SIMD(${simd})) xnor${simd} (.x(x${simd}), .weights(weights${simd}), .ones(ones${simd}));
  always @(posedge clk) begin
    x${simd} <= dense ? weights${simd} : $urandom;
    weights${simd} <= $urandom;
    if ($countones(ones${simd}[0+:${sums}]) + ${high} != $countones(~(x${simd} ^ weights${simd})))
      $error("${simd} products: %b and %b", x${simd}, weights${simd});
  end`;
}

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test("the bits of an XNOR lane count its products of +1", { timeout: 300_000 }, async () => {
    const bench = `
module bench;
  logic clk = 0;
  logic dense = 0;
  int cycle = 0;
  always #1 clk = !clk;
  always @(posedge clk) begin
    cycle <= cycle + 1;
    dense <= cycle[2];
    if (cycle == 1000) $finish;
  end${Array.from({ length: 20 }, (_, i) => counted(i + 1)).join("")}
endmodule`;
    await runBench([readFileSync(packageFile("src/templates/rtl/xnor.sv"), "utf8"), bench], folder, verilator!);
  });
});
