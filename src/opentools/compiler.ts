/** Compiles a generated project for csim: one object per translation unit, on all cores, and nothing twice. */
import { availableParallelism, cpus } from "node:os";
import { basename, join } from "node:path";
import { runCommand } from "../build/command.ts";
import { inParallel } from "../build/parallel.ts";
import type { Executable } from "../build/plan.ts";
import { digestOf } from "../build/plan.ts";
import { ToolError } from "../build/tool-error.ts";
import { makeFolder } from "../files.ts";
import { cached, cacheFolder, prune } from "./cache.ts";
import { headerFolders } from "./headers.ts";
import { IncludeClosure } from "./include-closure.ts";

export interface Sources {
  readonly folder: string;
  /** Relative to the folder. */
  readonly units: readonly string[];
  readonly includes: readonly string[];
  readonly defines: readonly string[];
}

export interface CompileOptions {
  readonly compiler: Executable;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Program {
  readonly path: string;
  /** Translation units, and how many of them had been compiled before. */
  readonly units: number;
  readonly reused: number;
}

/** The code runs where it is compiled, so it may use all of this processor. */
const FLAGS = ["-std=c++14", "-O3", "-march=native", "-Wno-unknown-pragmas"];
const PROCESSOR = cpus()[0]?.model ?? "";
const TIMEOUT_SECONDS = 1800;

/** Rejects with a ToolError that quotes the compiler. */
export async function compile(sources: Sources, options: CompileOptions): Promise<Program> {
  const cache = join(cacheFolder(), "csim");
  const includes = [...sources.includes.map((path) => join(sources.folder, path)), ...headerFolders()];
  const flags = [...FLAGS, ...sources.defines.map((name) => `-D${name}`)];
  const words = [...flags, ...includes.flatMap((path) => ["-I", path])];
  const closure = new IncludeClosure(includes);
  let done = 0;
  const compileUnit = async (unit: string) => {
    const file = join(sources.folder, unit);
    const contents = await closure.digest(file);
    const key = digestOf(options.compiler.version, PROCESSOR, ...flags, contents);
    const object = await cached(cache, `${key}.o`, async (target) => {
      await call(sources.folder, [...words, "-c", unit, "-o", target], unit, options);
      // Else an object would be kept under the digest of what the files were before.
      if ((await new IncludeClosure(includes).digest(file)) !== contents) throw changedMeanwhile(unit);
    });
    options.onProgress?.(++done, sources.units.length);
    return object;
  };
  const objects = await inParallel(sources.units, availableParallelism(), compileUnit);
  const files = objects.map(({ file }) => file);
  const program = await cached(cache, digestOf(...files.map((file) => basename(file))), (file) =>
    call(sources.folder, [...files, "-o", file], "program", options),
  );
  if (!program.reused) await prune(cache);
  return { path: program.file, units: objects.length, reused: objects.filter(({ reused }) => reused).length };
}

const changedMeanwhile = (unit: string): ToolError =>
  new ToolError({
    reason: "failed",
    step: `compile ${unit}`,
    message: "a file changed while it was compiled",
    hint: "Run the command again.",
  });

async function call(folder: string, words: readonly string[], what: string, options: CompileOptions): Promise<void> {
  const logs = join(folder, "logs");
  await makeFolder(logs);
  await runCommand({
    step: `compile ${what}`,
    path: options.compiler.path,
    arguments: words,
    folder,
    log: join(logs, `compile-${basename(what)}.log`),
    timeoutSeconds: TIMEOUT_SECONDS,
    hint: "If you have not changed the generated files, please report this.",
    signal: options.signal,
  });
}
