/** Generates a graph's HLS C++, compiles it in one go, runs it on images and gives what comes out. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HlsProjectOptions } from "../../src/codegen/hls/index.ts";
import { generateHls } from "../../src/codegen/hls/index.ts";
import { decodePort, encodePort } from "../../src/codegen/port-layout.ts";
import { streamOf } from "../../src/ir/graph.ts";
import type { ScheduledGraph } from "../../src/ir/schedule.ts";
import type { Raws } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { packageFile } from "../../src/package-root.ts";

export const HLS_OPTIONS: HlsProjectOptions = {
  axiStream: false,
  allowDsp: false,
  clockMegahertz: 250,
  part: "xczu3eg-sbva484-1-i",
  cosimFrames: 2,
};

/** Folders of ap_int.h and ap_fixed.h, and of hls_stream.h and ap_axi_sdata.h; the former may be the vendor's. */
const AP_HEADERS = process.env["BITLOOM_AP_HEADERS"] ?? packageFile("sim/hls-headers/ap");
const HLS_HEADERS = packageFile("sim/hls-headers/hls");

export const COMPILER = process.env["CXX"] ?? "g++";

/** The flags under which neither the generated code nor the kernels may give a warning. */
export const FLAGS = ["-std=c++14", "-Wall", "-Wextra"];

export const includes = (): string[] => [AP_HEADERS, HLS_HEADERS].flatMap((folder) => ["-isystem", folder]);

export const hasCompiler = (): boolean => spawnSync(COMPILER, ["--version"]).status === 0;

export interface HlsRun {
  readonly options?: Partial<HlsProjectOptions>;
  readonly defines?: readonly string[];
}

/** Throws what the compiler says, warnings included. */
export function runHls(
  scheduled: ScheduledGraph,
  images: readonly Raws[],
  folder: string,
  { options = {}, defines = [] }: HlsRun = {},
): Raws[] {
  const files = generateHls(scheduled, layers, { ...HLS_OPTIONS, ...options });
  const units = [...files.keys()].filter((path) => path.endsWith(".cpp"));
  const all = new Map<string, string | Uint8Array>([
    ...files,
    ["data/input.bin", encodePort(images, scheduled.graph.input)],
    // The testbench's `using` and `static` names do not clash with those of the stages.
    ["all.cpp", units.map((path) => `#include "${path}"\n`).join("")],
  ]);
  for (const [path, content] of all) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  compile(folder, defines);
  const command = ["data/input.bin", "-", "output.bin", String(images.length), "2"];
  execFileSync(join(folder, "testbench"), command, { cwd: folder, stdio: "pipe" });
  const output = streamOf(scheduled.graph, scheduled.graph.output);
  return decodePort(readFileSync(join(folder, "output.bin")), output);
}

function compile(folder: string, defines: readonly string[]): void {
  const flags = [...FLAGS, "-O0", ...includes(), ...defines.map((define) => `-D${define}`)];
  const { status, stderr } = spawnSync(COMPILER, [...flags, "-I.", "all.cpp", "-o", "testbench"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0 || stderr !== "") throw new Error(`in ${folder}:\n${stderr}`);
}
