/** The casts of the SystemVerilog back end in Verilator: the shared table of vectors, and sums that are cast after every addition. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { Random } from "../../../test/properties/random-numbers.ts";
import { runBench } from "../../../test/tools/run-bench.ts";
import { findTool } from "../../build/tool.ts";
import { moduleFiles } from "../../codegen/rtl/modules.ts";
import { VERILATOR } from "../../opentools/verilator-tool.ts";
import type { FixedCast } from "../cast.ts";
import { castRaw, OVERFLOWS, parseCast, parseType, ROUNDINGS } from "../cast.ts";
import { fixed, maxRaw, minRaw, numeric, signedBits } from "../data-type.ts";
import { castInstance, castSum } from "./cast.ts";
import { unsignedLiteral } from "./verilog.ts";

const verilator = await findTool(VERILATOR).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "bitloom-cast-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A module that looks at each row for two cycles: it gives what the ports are, and what `y`, the last one, is in the second cycle. */
function caseOf(
  name: string,
  ports: readonly (readonly [string, number])[],
  lines: string[],
  rows: bigint[][],
): string {
  const width = ports.reduce((sum, [, bits]) => sum + bits, 0);
  const words = rows.map((row) => row.map((raw, i) => unsignedLiteral((ports[i] as [string, number])[1], raw)));
  const given = ports.slice(0, -1).map(([port]) => port);
  const bits = ports.at(-1)?.[1];
  return [
    `module ${name}(input logic clk, input int cycle);`,
    ...given.map((port, i) => `wire [${(ports[i] as [string, number])[1] - 1}:0] ${port};`),
    `wire [${(bits as number) - 1}:0] y, wanted;`,
    `logic [${width - 1}:0] rows[0:${rows.length - 1}];`,
    "initial begin",
    ...words.map((word, i) => `rows[${i}] = {${word.join(", ")}};`),
    "end",
    `assign {${[...given, "wanted"].join(", ")}} = rows[cycle / 2];`,
    ...lines,
    `always @(posedge clk) if (cycle % 2 == 1 && cycle < ${2 * rows.length} && y !== wanted)`,
    `  $error("${name}: row %d gives %h", cycle / 2, y);`,
    "endmodule",
  ].join("\n");
}

async function run(cases: string[], name: string): Promise<void> {
  const bench = [
    "module bench;",
    "logic clk = 0;",
    "int cycle = 0;",
    "always #1 clk = !clk;",
    "always @(posedge clk) cycle <= cycle + 1;",
    ...cases.map((_, i) => `${name}_${i} test_${i}(clk, cycle);`),
    `initial #${4 * ROWS + 8} $finish;`,
    "endmodule",
  ].join("\n");
  await runBench([...moduleFiles(cases).values(), ...cases, bench], join(folder, name), verilator!);
}

function vectors(): Map<string, bigint[][]> {
  const text = readFileSync(new URL("../../../sim/vectors/cast.csv", import.meta.url), "utf8");
  const shapes = new Map<string, bigint[][]>();
  for (const line of text.trim().split("\n").slice(2)) {
    const [from, raw, to, expected] = line.split(";") as [string, string, string, string];
    const key = `${from};${to}`;
    shapes.set(key, [...(shapes.get(key) ?? []), [BigInt(raw), BigInt(expected)]]);
  }
  return shapes;
}

function vectorCase([key, rows]: [string, bigint[][]], index: number): string {
  const [from, to] = key.split(";") as [string, string];
  const source = numeric(parseType(from)!);
  const cast = parseCast(to) as FixedCast;
  const width = signedBits(source);
  const lines = castInstance("cast", "x", { width, fraction: source.fraction }, cast, "y");
  return caseOf(
    `vectors_${index}`,
    [
      ["x", width],
      ["y", cast.type.width],
    ],
    lines,
    rows,
  );
}

const SUMS = 140;
const ROWS = 24;

/** Of all modes in turn. */
function sumCase(_: unknown, index: number): string {
  const random = new Random(index + 1);
  const type = fixed(random.below(3) > 0, 1 + random.below(12), random.below(4));
  const rounding = ROUNDINGS[index % 7]!;
  const cast: FixedCast = { type, rounding, overflow: OVERFLOWS[index % 5]! };
  const number = fixed(random.below(3) > 0, 1 + random.below(12), random.below(9));
  const raws = ({ signed, width, fraction }: typeof type) => {
    const [low, high] = [minRaw(fixed(signed, width, fraction)), maxRaw(fixed(signed, width, fraction))];
    return () => low + BigInt(random.below(Number(high - low) + 1));
  };
  const [sums, numbers] = [raws(type), raws(number)];
  const fraction = Math.max(type.fraction, number.fraction);
  const up = (raw: bigint, own: number) => raw << BigInt(fraction - own);
  const rows = Array.from({ length: ROWS }, () => {
    const [x, sum] = [numbers(), sums()];
    return [x, sum, castRaw(up(sum, type.fraction) + up(x, number.fraction), fraction, cast)];
  });
  const width = signedBits(number);
  const lines = castSum("add", { width, fraction: number.fraction }, cast, {
    advance: "1'b1",
    x: "x",
    sum: "sum",
    next: "y",
  });
  return caseOf(
    `sums_${index}`,
    [
      ["x", width],
      ["sum", type.width],
      ["y", type.width],
    ],
    lines,
    rows,
  );
}

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test("casts agree with the shared table of vectors", { timeout: 600_000 }, async () => {
    await run([...vectors()].map(vectorCase), "vectors");
  });

  test("sums are cast after every addition", { timeout: 600_000 }, async () => {
    await run(Array.from({ length: SUMS }, sumCase), "sums");
  });
});
