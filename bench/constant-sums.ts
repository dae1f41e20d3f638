/**
 * Products with constants, all in one cycle, of random weights and inputs of 8 bits: LUTs of the stage by Yosys, adders of the HLS C++
 * and their bits, and those of da4ml for the same matrix where the Python of BITLOOM_PYTHON has it (pip install da4ml==0.6.0):
 *
 *     npm run bench:constant-sums
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { findTool } from "../src/build/tool.ts";
import { fixed, unsignedInteger } from "../src/ir/data-type.ts";
import { addersOf } from "../src/ir/hls/adders.ts";
import { rowsOf } from "../src/ir/shared-sums.ts";
import { layers } from "../src/layers/index.ts";
import { YOSYS } from "../src/opentools/yosys/tool.ts";
import { packageFile } from "../src/package-root.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { GraphBuilder } from "../test/networks/graph-builder.ts";
import { lehmer } from "../test/networks/lehmer.ts";
import { measureNetwork } from "./cost-measure.ts";

/** Outputs of inputs. */
type Matrix = readonly (readonly number[])[];

interface Stage {
  readonly name: string;
  readonly bits: number;
  readonly weight: readonly number[];
  /** A random weight. */
  readonly draw: () => number;
}

interface Counted {
  readonly adders: number;
  readonly bits: number;
}

const INPUT = unsignedInteger(8);
const INTERVAL = { low: 0n, high: 255n };
const SIDE = 8;

const next = lehmer(1);
const below = (count: number): number => next() % count;
const uniform = (bits: number) => () => below(2 ** bits) - 2 ** (bits - 1);
const twoPowers = (): number => [0, 0].reduce((sum) => sum + (below(2) ? 1 : -1) * 2 ** below(6), 0);

const STAGES: readonly Stage[] = [
  { name: "dense 16 to 16, 8 bits, K = 2", bits: 8, weight: [16, 16], draw: twoPowers },
  { name: "convolution 3x3, 4 to 8 channels, 4 bits", bits: 4, weight: [8, 4, 3, 3], draw: uniform(4) },
  { name: "dense 64 to 10, 12 bits", bits: 12, weight: [10, 64], draw: uniform(12) },
];

/** LUTs of the stage in SystemVerilog, which takes all its inputs in one cycle. */
async function stageLuts({ name, bits, weight }: Stage, matrix: Matrix): Promise<number> {
  const [, channels = 1, kernel = 1] = weight;
  const side = weight.length === 4 ? SIDE : 1;
  const build = new GraphBuilder("sums", { name: "image", shape: [channels, side, side], type: INPUT });
  const data = Int16Array.from(matrix.flat());
  const tensor = build.tensor({ encoding: "fixed", shape: weight, type: fixed(true, bits, 0), data });
  const out = build.node(weight.length === 4 ? "conv2d" : "dense", "sums_of", ["image"], { weight: tensor });
  const cycles = (side - kernel + 1) ** 2;
  const scheduled = schedule(optimize(build.graph(out, layers)), { targetCycles: cycles });
  const logs = mkdtempSync(join(tmpdir(), "bitloom-sums-"));
  const samples = await measureNetwork({ name, scheduled }, await findTool(YOSYS), logs);
  rmSync(logs, { recursive: true });
  return samples[0]?.used.lut ?? 0;
}

function hlsAdders(matrix: Matrix): Counted {
  const rows = matrix.map((weights) => rowsOf(weights.map(BigInt)));
  const found = addersOf(
    rows,
    Array.from({ length: matrix[0]?.length ?? 0 }, () => INTERVAL),
  );
  const bits = (found?.adders ?? []).map(({ low, high, shift }) => (high - low).toString(2).length - shift);
  return { adders: bits.length, bits: bits.reduce((a, b) => a + b, 0) };
}

async function da4mlAdders(matrix: Matrix): Promise<Counted | undefined> {
  const input = JSON.stringify({ matrix, low: Number(INTERVAL.low), high: Number(INTERVAL.high) });
  const python = process.env["BITLOOM_PYTHON"] ?? "python3";
  const { failed, stdout } = await execa(python, [packageFile("bench/da4ml_adders.py")], { input, reject: false });
  return failed ? undefined : (JSON.parse(stdout) as Counted);
}

const number = (value?: number): string => value?.toLocaleString("en") ?? "-";
console.log(
  "| stage | LUT, Yosys | HLS: adders | their bits | da4ml: adders | their bits |\n|---|---|---|---|---|---|",
);
for (const stage of STAGES) {
  const [outputs = 0, ...inputs] = stage.weight;
  const taps = inputs.reduce((a, b) => a * b, 1);
  const matrix = Array.from({ length: outputs }, () => Array.from({ length: taps }, stage.draw));
  const [own, theirs] = [hlsAdders(matrix), await da4mlAdders(matrix)];
  const cells = [await stageLuts(stage, matrix), own.adders, own.bits, theirs?.adders, theirs?.bits];
  console.log(`| ${stage.name} | ${cells.map(number).join(" | ")} |`);
}
