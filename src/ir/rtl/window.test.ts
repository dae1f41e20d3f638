/** The sliding window in Verilator, with gaps and back-pressure, against the windows themselves. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { Random } from "../../../test/properties/random-numbers.ts";
import { runBench } from "../../../test/tools/run-bench.ts";
import { findTool } from "../../build/tool.ts";
import { moduleFiles } from "../../codegen/rtl/modules.ts";
import { VERILATOR } from "../../opentools/verilator-tool.ts";
import { elements } from "../tensor.ts";
import { slidingWindow, windowIndices } from "../window.ts";
import type { Windowing } from "../windowing.ts";
import { packed, streamWires } from "./verilog.ts";
import { windowLines } from "./window.ts";

interface Shape {
  readonly input: readonly [number, number, number];
  readonly kernel: readonly [number, number];
  readonly stride?: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly padding?: readonly [number, number, number, number];
  readonly rest?: Partial<Windowing>;
}

const SHAPES: readonly Shape[] = [
  { input: [2, 6, 5], kernel: [3, 3], padding: [1, 1, 1, 1] },
  { input: [4, 7, 8], kernel: [3, 3], stride: [2, 2], padding: [1, 1, 1, 1], rest: { planes: 2, fill: 1n } },
  { input: [2, 6, 6], kernel: [5, 5], padding: [2, 2, 2, 2], rest: { simd: 10, fill: 2n } },
  { input: [2, 7, 5], kernel: [2, 2], stride: [2, 2] },
  { input: [4, 4, 4], kernel: [1, 1], padding: [1, 2, 0, 1], rest: { groups: 2, simd: 1 } },
  { input: [3, 5, 4], kernel: [3, 1], stride: [3, 1], padding: [2, 0, 0, 1], rest: { signs: true, simd: 3 } },
  { input: [2, 1, 6], kernel: [3, 3], padding: [1, 1, 1, 1], rest: { simd: 2 } },
  { input: [1, 3, 1], kernel: [2, 3], padding: [0, 1, 1, 1] },
  { input: [1, 4, 70], kernel: [3, 3], padding: [1, 1, 1, 1] },
  { input: [1, 5, 66], kernel: [2, 2], stride: [1, 2] },
];
const FRAMES = 3;

function windowingOf({
  input,
  kernel,
  stride = [1, 1],
  padding: [top, left, bottom, right] = [0, 0, 0, 0],
  rest,
}: Shape) {
  const padding = { top, left, bottom, right, value: 0 };
  const window = slidingWindow(input, kernel, stride, padding);
  const simd = kernel[0] * kernel[1] * (input[0] / (rest?.groups ?? 1));
  return { input, window, padding, groups: 1, simd, bits: 2, planes: 1, signs: false, fill: 0n, ...rest } as Windowing;
}

/** The beats that come in and those that must go out. */
function beatsOf(windowing: Windowing, random: Random): { given: bigint[]; wanted: bigint[] } {
  const { input, window, groups, simd, bits, planes, signs, fill } = windowing;
  const [channels, height, width] = input;
  const indices = windowIndices(input, window);
  const pixels = window.output[0] * window.output[1];
  const [own, taps, plane] = [channels / groups, window.kernel[0] * window.kernel[1], bits / planes];
  const [given, wanted]: [bigint[], bigint[]] = [[], []];
  for (let frame = 0; frame < FRAMES; frame++) {
    const map = Array.from({ length: elements(input) }, () => BigInt(random.below(signs ? 2 : 2 ** bits)));
    const at = (channel: number, place: number) => map[channel * height * width + place] as bigint;
    const shown = (value: bigint) => (signs ? ((1n - value) << 1n) | 1n : value);
    for (let place = 0; place < height * width; place++)
      given.push(
        BigInt(
          packed(
            signs ? 1 : bits,
            Array.from({ length: channels }, (_, c) => at(c, place)),
          ).replace(/.*h/, "0x"),
        ),
      );
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let chunk = 0; chunk < (channels * taps) / simd; chunk++) {
        const numbers = Array.from({ length: simd }, (_, i) => {
          const e = chunk * simd + i;
          const [group, tap, c] = [Math.floor(e / (taps * own)), Math.floor(e / own) % taps, e % own];
          const index = indices[tap * pixels + pixel] as number;
          return index < 0 ? fill : shown(at(group * own + c, index));
        });
        let word = 0n;
        for (let p = planes - 1; p >= 0; p--)
          for (const number of [...numbers].reverse())
            word = (word << BigInt(plane)) | ((number >> BigInt(p * plane)) & ((1n << BigInt(plane)) - 1n));
        wanted.push(word);
      }
  }
  return { given, wanted };
}

/** A row of a pixel cannot be in block RAM. */
const inBlockRam = SHAPES.filter(({ input }) => input[2] > 1);

function benchOf(shape: Shape, index: number): string {
  const windowing = windowingOf(shape);
  const lines = windowLines(windowing).map((line) =>
    index < SHAPES.length ? line : line.replace(/\.BLOCK\(1'b\d\)/, ".BLOCK(1'b1)"),
  );
  const { given, wanted } = beatsOf(windowing, new Random(index + 1));
  const { input, simd, bits, signs } = windowing;
  const inBits = input[0] * (signs ? 1 : bits);
  const table = (name: string, width: number, words: bigint[]) => [
    `logic [${width - 1}:0] ${name}[0:${words.length - 1}];`,
    "initial begin",
    ...words.map((word, i) => `${name}[${i}] = ${packed(width, [word])};`),
    "end",
  ];
  return [
    `module case_${index}(input logic clk, rst, output logic done);`,
    ...streamWires("in0", inBits),
    ...table("given", inBits, given),
    ...table("wanted", simd * bits, wanted),
    ...lines,
    "int put = 0, got = 0, calm = 0;",
    "logic offers = 0, takes = 0;",
    `assign in0_valid = offers && put < ${given.length};`,
    "assign in0_data = given[put];",
    "assign window_ready = takes;",
    `assign done = got >= ${wanted.length};`,
    "always @(posedge clk) if (!rst) begin",
    "  calm <= (calm + 1) % 300;",
    "  offers <= calm < 100 || $urandom_range(2) == 0 || (offers && !in0_ready);",
    "  takes <= calm < 100 || $urandom_range(2) == 0;",
    "  if (in0_valid && in0_ready) put <= put + 1;",
    "  if (window_valid && window_ready) begin",
    "    got <= got + 1;",
    `    if (!done && window_data !== wanted[got]) $error("case ${index}: beat %d is %h instead of %h", got, window_data, wanted[got]);`,
    "  end",
    "end",
    "endmodule",
  ].join("\n");
}

const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-window-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test("windows of all shapes leave in order, whatever the gaps", { timeout: 300_000 }, async () => {
    const cases = [...SHAPES, ...inBlockRam].map(benchOf);
    const bench = `
module bench;
  logic clk = 0, rst = 1;
  int cycle = 0;
  wire [${cases.length - 1}:0] done;
  always #1 clk = !clk;
  always @(posedge clk) begin
    cycle <= cycle + 1;
    if (cycle == 4) rst <= 0;
    if (&done) $finish;
    if (cycle == 100000) $error("waits for %b", ~done);
  end
${cases.map((_, i) => `  case_${i} test_${i}(.clk(clk), .rst(rst), .done(done[${i}]));`).join("\n")}
endmodule`;
    await runBench([...moduleFiles(cases).values(), ...cases, bench], folder, verilator!);
  });
});
