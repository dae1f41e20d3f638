import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { randomTensor } from "../../../test/properties/random-numbers.ts";
import { runBench } from "../../../test/tools/run-bench.ts";
import { findTool } from "../../build/tool.ts";
import { VERILATOR } from "../../opentools/verilator-tool.ts";
import { packageFile } from "../../package-root.ts";
import type { DataType, FixedType } from "../data-type.ts";
import { BIPOLAR, bitWidth, fixed } from "../data-type.ts";
import type { Encoding } from "../parameter.ts";
import { rawAt } from "../parameter.ts";
import type { Sums } from "../sums.ts";
import type { ChunkFormat } from "./constant-groups.ts";
import { constantTerms } from "./constant-terms.ts";
import type { Element, Terms } from "./terms.ts";
import { laneTerms } from "./terms.ts";
import { indexBits, instance, signedLiteral } from "./verilog.ts";

interface Case {
  readonly encoding: Encoding;
  readonly type: FixedType;
  readonly input: DataType;
  readonly words: number;
  readonly simd: number;
  readonly levels?: number;
}

const TERNARY = { encoding: "ternary", type: fixed(true, 2, 0) } as const;
const FIXED = { encoding: "fixed", type: fixed(true, 7, 0) } as const;
const SIGNS = { encoding: "bipolar", type: fixed(true, 2, 0) } as const;
const CASES: readonly Case[] = [
  { ...SIGNS, input: BIPOLAR, words: 1, simd: 7 },
  { ...SIGNS, input: BIPOLAR, words: 4, simd: 16 },
  { ...SIGNS, input: BIPOLAR, words: 7, simd: 8 },
  { ...SIGNS, input: fixed(false, 2, 0), words: 3, simd: 4 },
  { ...SIGNS, input: BIPOLAR, words: 4, simd: 20, levels: 10 },
  { ...TERNARY, input: BIPOLAR, words: 1, simd: 6, levels: 3 },
  { ...TERNARY, input: fixed(true, 3, 0), words: 4, simd: 5 },
  { ...FIXED, input: fixed(true, 4, 0), words: 1, simd: 3 },
  { ...FIXED, input: fixed(false, 3, 0), words: 5, simd: 5 },
];

function sumsOf({ encoding, type, input, words, simd, levels }: Case, seed: number): Sums {
  return {
    name: "sums",
    weight: randomTensor([words, simd], { encoding, type, terms: 1, seed }),
    input: { shape: [simd, 1, 1], type: input },
    shape: { pe: 1, simd, outputs: words, channels: simd, taps: 1 },
    ...{ bias: undefined, accumulator: undefined, groups: 1, signs: false, borders: undefined, kernel: [1, 1], levels },
  };
}

function elementOf(type: DataType): Element {
  return { bits: bitWidth(type), kind: type.kind === "bipolar" ? "bipolar" : type.signed ? "signed" : "unsigned" };
}

/** A module that compares, in each cycle, the bits of all ways to take the products together with the sum of the products. */
function compared(given: Case, index: number): string {
  const { input, words, simd, levels } = given;
  const sums = sumsOf(given, index);
  const { bits, kind } = elementOf(input);
  const raws = Array.from({ length: words * simd }, (_, i) => signedLiteral(32, rawAt(sums.weight, i)));
  const element = `x[i*${bits}+:${bits}]`;
  const number = { bipolar: "(x[i] ? 1 : -1)", signed: `32'($signed(${element}))`, unsigned: `int'(${element})` };
  return `
module case${index} (input logic clk);
  localparam int WEIGHTS[${words * simd}] = '{${raws.join(", ")}};
  logic [${bits * simd - 1}:0] x = 0;
  wire read = 1;
  logic [${indexBits(words) - 1}:0] address = 0;
  int products, word = 0;
  always_comb begin
    products = 0;
    for (int i = 0; i < ${simd}; i++) products += WEIGHTS[word*${simd}+i] * ${number[kind]};
  end
  always @(posedge clk) begin
    ${levels ? thermometers(simd, levels) : "x <= {$urandom, $urandom};"}
    address <= $urandom_range(${words - 1});
    word <= address;
  end
${constantTerms(sums, elementOf(input))
  .map((terms, way) => summed(terms, `way_${way}`, simd))
  .join("")}
endmodule`;
}

const thermometers = (simd: number, levels: number): string =>
  Array.from(
    { length: simd / levels },
    (_, i) => `x[${i * levels}+:${levels}] <= (1 << $urandom_range(${levels})) - 1;`,
  ).join("\n    ");

/** The chunk as the terms take it. */
function chunkOf({ products, bits, codeBits }: ChunkFormat, simd: number): string[] {
  if (codeBits === undefined) return [`wire [${simd * bits - 1}:0] chunk = x;`];
  const [numbers, name] = [simd / products, "encode"];
  const parameters = { numbers, levels: products, code_bits: codeBits, bits };
  const ports = { x: "x", codes: "chunk" };
  return [`wire [${numbers * bits - 1}:0] chunk;`, ...instance("level_codes", name, parameters, ports)];
}

function summed(terms: Terms, name: string, simd: number): string {
  const { lines, bits } = terms.bits("sum", "chunk", 0, 0);
  const { heights, constant } = laneTerms(terms, 0);
  let from = 0;
  const columns = heights.map((height, column) => {
    from += height;
    return `for (int i = ${from - height}; i < ${from}; i++) sum += int'(bits[i]) << ${column + terms.shift};`;
  });
  return `
  generate if (1) begin : ${name}
    ${[...chunkOf(terms.format, simd), ...terms.weights(), ...lines].join("\n    ")}
    wire [${from - 1}:0] bits = ${bits};
    int sum;
    always_comb begin
      sum = ${constant};
      ${columns.join("\n      ")}
    end
    always @(posedge clk) if (sum != products) $error("case ${name}: %d instead of %d", sum, products);
  end endgenerate`;
}

const folder = mkdtempSync(join(tmpdir(), "bitloom-constants-"));
afterAll(() => rmSync(folder, { recursive: true }));
const verilator = await findTool(VERILATOR).catch(() => undefined);
const read = (path: string) => readFileSync(packageFile(path), "utf8");

test("three signs and four words take a LUT", () => {
  const sums = sumsOf({ ...SIGNS, input: BIPOLAR, words: 4, simd: 144 }, 0);
  const { heights, luts } = laneTerms(constantTerms(sums, elementOf(BIPOLAR))[2] as Terms, 0);
  expect({ heights, luts }).toEqual({ heights: [48, 48], luts: 48 });
});

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test("the bits add up to the products", { timeout: 300_000 }, async () => {
    const bench = `
module bench;
  logic clk = 0;
  int cycle = 0;
  always #1 clk = !clk;
  always @(posedge clk) begin
    cycle <= cycle + 1;
    if (cycle == 3000) $finish;
  end
${CASES.map((_, i) => `  case${i} run${i} (.clk(clk));`).join("\n")}
endmodule`;
    const sources = [
      read("sim/primitives/LUT6_2.sv"),
      read("src/templates/rtl/sum_tables.sv"),
      read("src/templates/rtl/level_codes.sv"),
    ];
    await runBench([...sources, ...CASES.map(compared), bench], folder, verilator!);
  });
});
