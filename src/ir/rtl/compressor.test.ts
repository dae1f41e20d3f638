import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { runBench } from "../../../test/tools/run-bench.ts";
import { findTool } from "../../build/tool.ts";
import { VERILATOR } from "../../opentools/verilator-tool.ts";
import { packageFile } from "../../package-root.ts";
import type { Heights } from "./compressor.ts";
import { after, compressor, sumBits } from "./compressor.ts";
import { compressorModule, compressorName, plainPlaces } from "./compressor-module.ts";

const total = (heights: Heights) => heights.reduce((sum, height) => sum + height, 0);

test.each([
  [[144], 77],
  [[576], 293],
  [[48, 48], 54],
  [[96, 96], 100],
  [[192, 192], 198],
])("%j takes about half a LUT for each bit", (heights, luts) => {
  expect(compressor(heights).luts).toBe(luts);
  expect(luts / total(heights)).toBeLessThan(0.57);
});

test("any bits come to three rows, and no atom overflows", () => {
  const few = fc.array(fc.nat(40), { minLength: 1, maxLength: 12 });
  const many = fc.array(fc.nat(3000), { minLength: 1, maxLength: 16 }); // All products of a convolution of words at once.
  const heights = fc.oneof({ weight: 3, arbitrary: few }, many).filter((all) => total(all) > 0);
  fc.assert(
    fc.property(heights, (given) => {
      const { layers, width } = compressor(given);
      const left = layers.reduce((now: Heights, chains) => after(now, chains), given);
      expect(Math.max(...left.slice(1), 0)).toBeLessThanOrEqual(3);
      expect(left.every((height) => height >= 0)).toBe(true);
      expect(width).toBe(sumBits(given));
      for (const { low, high } of layers.flat().flatMap(({ atoms }) => atoms))
        expect(Math.floor((low - 1) / 2) + high).toBeLessThanOrEqual(2);
    }),
    { numRuns: 200 },
  );
});

test("inverted bits take LUTs of their own in few places", () => {
  expect(plainPlaces([144]).size).toBeLessThan(144 / 3);
  expect([...plainPlaces([4, 1])]).toEqual([3]);
  expect([...plainPlaces([1, 2])]).toEqual([0]);
});

/** All numbers of so many bits, or random ones. */
const EXHAUSTIVE: Heights[] = [[1], [2], [6], [7], [13], [3, 3], [4, 5, 2], [0, 7], [6, 0, 6], [2, 2, 2, 2, 2]];
const RANDOM: Heights[] = [[96], [40, 40], [16, 16, 16, 16], [5, 9, 20, 0, 3]];
const CYCLES = 1 << 13;

const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-compressor-"));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (path: string) => readFileSync(packageFile(path), "utf8");

/** The same module twice: as counters, and as `twin` for simulation. */
function both(heights: Heights): string[] {
  const text = compressorModule(compressorName(heights)) as string;
  const twin = text.replace(/module bitloom_/, "module twin_").replace("`ifdef BITLOOM_BEHAVIOURAL", "`ifndef NEVER");
  return [text, twin];
}

function compared(heights: Heights, index: number, exhaustive: boolean): string {
  const [bits, width, name] = [total(heights), sumBits(heights), compressorName(heights)];
  const inverted = `#(.INVERTED({${Math.ceil(bits / 8)}{8'b01101001}}))`;
  return `
  logic [${bits - 1}:0] x${index} = 0;
  wire [${width - 1}:0] sum${index}, twin${index};
  bitloom_${name} ${inverted} counters${index} (.clk(clk), .advance(advance), .x(x${index}), .sum(sum${index}));
  twin_${name} ${inverted} behaviour${index} (.clk(clk), .advance(advance), .x(x${index}), .sum(twin${index}));
  always @(posedge clk) begin
    x${index} <= ${exhaustive ? `x${index} + 1` : `{${Array.from({ length: Math.ceil(bits / 32) }, () => "(dense ? $urandom | $urandom : $urandom)")}}`};
    if (cycle > 20 && sum${index} !== twin${index}) $error("${name}: %d instead of %d", sum${index}, twin${index});
  end`;
}

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test("counters and their twin give the same numbers in the same cycles", { timeout: 300_000 }, async () => {
    const cases = [...EXHAUSTIVE, ...RANDOM];
    const parts = ["counter_atom", "counter_chain", "add_three"].map((name) => read(`src/templates/rtl/${name}.sv`));
    const bench = `
module bench;
  logic clk = 0;
  logic advance = 1;
  logic dense = 0;
  int cycle = 0;
  always #1 clk = !clk;
  always @(posedge clk) begin
    cycle <= cycle + 1;
    dense <= cycle[4];
    advance <= cycle < 20 || $urandom_range(3) != 0;
    if (cycle == ${2 * CYCLES}) $finish;
  end${cases.map((heights, i) => compared(heights, i, i < EXHAUSTIVE.length)).join("")}
endmodule`;
    const primitives = ["LUT6_2", "CARRY8"].map((name) => read(`sim/primitives/${name}.sv`));
    await runBench([...primitives, ...parts, ...cases.flatMap(both), bench], folder, verilator!);
  });
});
