/** Counts the multiplications of two run-time values in generated C++: what HLS would make DSPs of. */
import { readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { runCommand } from "../build/command.ts";
import { inParallel } from "../build/parallel.ts";
import type { Executable } from "../build/plan.ts";
import type { ToolSpec } from "../build/tool.ts";
import { makeTemporaryFolder } from "../files.ts";
import { headerFolders } from "./headers.ts";

/** Not any C++ compiler: GCC shows what its optimizer left of a function. */
export const GCC: ToolSpec = {
  name: "GCC",
  executables: ["g++", "g++-15", "g++-14", "g++-13", "g++-12"],
  overrides: ["BITLOOM_GCC"],
  versionArguments: ["--version"],
  versionPattern: /^(\S*g(?:cc|\+\+).*\S)/,
  neededFor: "counting multiplications in the generated C++",
  howToGet: "Debian, Ubuntu: apt-get install g++. macOS: brew install gcc, and BITLOOM_GCC=g++-14.",
};

/**
 * As HLS sees the code, and as simple as it gets: inlined and with constants in their places, but not yet for a CPU. What stays
 * of a product with a constant is one operand that is a number.
 */
const FLAGS = ["-std=c++14", "-O1", "-fno-tree-vectorize", "-w", "-DBITLOOM_AS_SYNTHESIZED", "-S", "-o", "/dev/null"];
const TIMEOUT_SECONDS = 1800;

export interface CountOptions {
  readonly gcc: Executable;
  /** The folder for the logs. */
  readonly logs: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** By translation unit, relative to the folder. Rejects with a ToolError. */
export async function countMultiplications(
  folder: string,
  units: readonly string[],
  options: CountOptions,
): Promise<ReadonlyMap<string, number>> {
  const scratch = await makeTemporaryFolder("bitloom-multiplications-");
  let done = 0;
  try {
    const counts = await inParallel(units, availableParallelism(), async (unit) => {
      const text = await optimized(folder, unit, scratch, options);
      options.onProgress?.(++done, units.length);
      return [unit, multiplicationsIn(text)] as const;
    });
    return new Map(counts);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** GIMPLE: one operation a line, `_3 = a_1 * _2;`. Names begin with a letter or `_`, constants do not. */
export const multiplicationsIn = (gimple: string): number =>
  gimple.match(/ = [A-Za-z_][^ ]* [wh]?\* [A-Za-z_][^ ]*;$/gm)?.length ?? 0;

/** The unit after GCC's optimizer, as text. */
async function optimized(
  folder: string,
  unit: string,
  scratch: string,
  { gcc, logs, signal }: CountOptions,
): Promise<string> {
  const dump = join(scratch, `${basename(unit)}.gimple`);
  const includes = headerFolders().flatMap((path) => ["-I", path]);
  await runCommand({
    step: `count the multiplications of ${unit}`,
    path: gcc.path,
    arguments: [...FLAGS, `-fdump-tree-optimized=${dump}`, ...includes, unit],
    folder,
    log: join(logs, `multiplications-${basename(unit)}.log`),
    timeoutSeconds: TIMEOUT_SECONDS,
    hint: `It needs GCC, and found ${gcc.version}: BITLOOM_GCC names another.`,
    signal,
  });
  return readFile(dump, "utf8");
}
