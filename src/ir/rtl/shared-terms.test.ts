import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { randomTensor } from "../../../test/properties/random-numbers.ts";
import { runBench } from "../../../test/tools/run-bench.ts";
import { findTool } from "../../build/tool.ts";
import { moduleFiles } from "../../codegen/rtl/modules.ts";
import { VERILATOR } from "../../opentools/verilator-tool.ts";
import { fixed } from "../data-type.ts";
import type { Encoding } from "../parameter.ts";
import { rawAt } from "../parameter.ts";
import { clusteredTerms } from "./clustered-terms.ts";
import { sharedTerms } from "./shared-terms.ts";
import type { Element, Terms } from "./terms.ts";
import { laneTerms } from "./terms.ts";
import { signedLiteral } from "./verilog.ts";

interface Case {
  readonly encoding: Encoding;
  readonly bits: number;
  readonly element: Element;
  readonly pe: number;
  readonly simd: number;
}

const CASES: readonly Case[] = [
  { encoding: "fixed", bits: 7, element: { bits: 4, kind: "unsigned" }, pe: 8, simd: 6 },
  { encoding: "fixed", bits: 6, element: { bits: 5, kind: "signed" }, pe: 12, simd: 4 },
  { encoding: "k-hot", bits: 8, element: { bits: 1, kind: "bipolar" }, pe: 8, simd: 9 },
  { encoding: "ternary", bits: 2, element: { bits: 3, kind: "signed" }, pe: 16, simd: 8 },
  { encoding: "bipolar", bits: 2, element: { bits: 2, kind: "unsigned" }, pe: 16, simd: 6 },
  { encoding: "ternary", bits: 2, element: { bits: 2, kind: "unsigned" }, pe: 9, simd: 1 },
  { encoding: "bipolar", bits: 2, element: { bits: 1, kind: "bipolar" }, pe: 7, simd: 100 },
  { encoding: "bipolar", bits: 2, element: { bits: 1, kind: "bipolar" }, pe: 4, simd: 9 },
];
/** No less than any latency. */
const CYCLES = 8;

/** A module that compares the bits of all lanes with the sums of their products. */
function compared({ encoding, bits, element, pe, simd }: Case, index: number): string {
  const weight = randomTensor([pe, simd], { encoding, type: fixed(true, bits, 0), terms: 2, seed: index });
  const shape = { pe, simd, outputs: pe, channels: simd, taps: 1 };
  const input = { shape: [simd, 1, 1] as const, type: fixed(element.kind === "signed", element.bits, 0) };
  const none = { bias: undefined, accumulator: undefined, borders: undefined };
  const sums = { name: "sums", weight, input, shape, groups: 1, signs: false, kernel: [1, 1] as const, ...none };
  const raws = Array.from({ length: pe * simd }, (_, i) => signedLiteral(32, rawAt(weight, i)));
  const part = `x[i*${element.bits}+:${element.bits}]`;
  const number = { bipolar: "(x[i] ? 1 : -1)", signed: `32'($signed(${part}))`, unsigned: `int'(${part})` };
  return `
module case${index} (input logic clk, input logic advance);
  localparam int WEIGHTS[${pe * simd}] = '{${raws.join(", ")}};
  logic [${element.bits * simd - 1}:0] x = 0;
  wire [${element.bits * simd - 1}:0] chunk = x;
  int products[${pe}][${CYCLES}];
  always @(posedge clk) if (advance) begin
    x <= {$urandom, $urandom, $urandom, $urandom};
    for (int l = 0; l < ${pe}; l++) for (int t = ${CYCLES - 1}; t > 0; t--) products[l][t] <= products[l][t-1];
  end
  always_comb
    for (int l = 0; l < ${pe}; l++) begin
      products[l][0] = 0;
      for (int i = 0; i < ${simd}; i++) products[l][0] += WEIGHTS[l*${simd}+i] * ${number[element.kind]};
    end
${[...sharedTerms(sums, element), ...clusteredTerms(sums, element)]
  .map((terms, way) => summed(terms, `case${index}_${way}`, pe))
  .join("")}
endmodule`;
}

function summed(terms: Terms, name: string, pe: number): string {
  const lanes = Array.from({ length: pe }, (_, lane) => {
    const { bits, inverted } = terms.bits("sum", "chunk", lane, 0);
    const { heights, constant } = laneTerms(terms, lane);
    let from = 0;
    const columns = heights.map((height, column) => {
      from += height;
      return `for (int i = ${from - height}; i < ${from}; i++) sum += int'(bits[i]) << ${column + terms.shift};`;
    });
    return `
    if (1) begin : lane_${lane}
      wire [${from - 1}:0] bits = ${bits} ^ ${inverted};
      int sum;
      always_comb begin
        sum = ${constant};
        ${columns.join("\n        ")}
      end
      wire int wanted = products[${lane}][${terms.latency}];
      always @(posedge clk) if (started && sum != wanted) $error("${name}: %d instead of %d", sum, wanted);
    end`;
  });
  return `
  generate if (1) begin : ${name}
    logic [${CYCLES - 1}:0] valid = 0;
    always @(posedge clk) if (advance) valid <= {valid, 1'b1};
    wire started = valid[${CYCLES - 1}];
    ${terms.weights().join("\n    ")}
    ${lanes.join("")}
  end endgenerate`;
}

const folder = mkdtempSync(join(tmpdir(), "bitloom-shared-"));
afterAll(() => rmSync(folder, { recursive: true }));
const verilator = await findTool(VERILATOR).catch(() => undefined);

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test("the rows of all lanes add up to their products", { timeout: 300_000 }, async () => {
    const bench = `
module bench;
  logic clk = 0, advance = 1;
  int cycle = 0;
  always #1 clk = !clk;
  always @(posedge clk) begin
    cycle <= cycle + 1;
    advance <= $urandom_range(3) != 0;
    if (cycle == 3000) $finish;
  end
${CASES.map((_, i) => `  case${i} run${i} (.clk(clk), .advance(advance));`).join("\n")}
endmodule`;
    const cases = CASES.map(compared);
    const modules = moduleFiles(cases).values();
    await runBench(["`define BITLOOM_BEHAVIOURAL", ...modules, ...cases, bench], folder, verilator!);
  });
});
