/** Builds the simulator of a core: Verilator's C++ of its SystemVerilog, with our harness. Kept by the digest of both. */
import { cp, readdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import { runCommand } from "../build/command.ts";
import type { Executable } from "../build/plan.ts";
import { digestOf } from "../build/plan.ts";
import { makeFolder, writeWhole } from "../files.ts";
import { packageFile } from "../package-root.ts";
import { cached, cacheFolder, prune } from "./cache.ts";

export interface CoreSources {
  /** Holds the SystemVerilog in `rtl/`. */
  readonly folder: string;
  /** Name of the top module. */
  readonly top: string;
  /** `design.hpp` of sim/verilator/harness.cpp. */
  readonly header: string;
}

export type WaveFormat = "vcd" | "fst";

export interface CoreOptions {
  readonly verilator: Executable;
  /** Format of the wave file that the program is to write. */
  readonly wave?: WaveFormat | undefined;
  /** For what nobody needs afterwards. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

const HARNESS = packageFile("sim/verilator");
const WORDS = ["--cc", "--exe", "--build", "-O3", "-Wno-lint", "-Wno-fatal", "--x-assign", "0", "--prefix", "Vdesign"];
const FLAGS = ["-CFLAGS", "-O1"];
/** Show what each FIFO takes; simulate what AMD's primitives do, not them. */
const DEFINES = ["-DBITLOOM_COSIM", "-DBITLOOM_BEHAVIOURAL"];
const WAVE_WORDS = { vcd: ["--trace"], fst: ["--trace-fst"] };
/** What all programs have in common: compiled once. */
const RUNTIME = /^verilated.*\.o$/;
const TIMEOUT_SECONDS = 1800;

/** The program. Rejects with a ToolError that quotes Verilator or the compiler. */
export async function buildCore(
  sources: CoreSources,
  { verilator, wave, scratch, signal }: CoreOptions,
): Promise<string> {
  const { folder, top, header } = sources;
  const files = (await readdir(join(folder, "rtl"), { recursive: true }))
    .filter((path) => path.endsWith(".sv"))
    .sort()
    .map((path) => join("rtl", path));
  const names = (await readdir(HARNESS)).sort();
  const harness = await Promise.all(names.map((name) => readFile(join(HARNESS, name), "utf8")));
  const texts = await Promise.all(files.map((path) => readFile(join(folder, path), "utf8")));
  const cache = join(cacheFolder(), "cosim");
  const words = [...WORDS, ...(wave ? WAVE_WORDS[wave] : []), ...FLAGS, ...DEFINES];
  const runtime = digestOf(verilator.version, ...words);
  const key = digestOf(runtime, top, header, ...harness, ...files, ...texts);
  const { file, reused } = await cached(cache, key, async (target) => {
    // Verilator runs in another folder.
    const objects = resolve(scratch, "verilator");
    await makeFolder(objects);
    await writeWhole(join(objects, "design.hpp"), header);
    await copyRuntime(cache, runtime, objects);
    await runCommand({
      step: "verilate",
      path: verilator.path,
      arguments: [
        ...words,
        ...["-j", `${availableParallelism()}`, "-CFLAGS", `-I${HARNESS}`],
        ...["--top-module", top, "-Mdir", objects, "-o", "cosim"],
        ...[join(HARNESS, "harness.cpp"), ...files],
      ],
      folder,
      log: join(scratch, `verilate-${basename(top)}.log`),
      timeoutSeconds: TIMEOUT_SECONDS,
      hint: "If you have not changed the generated files, please report this.",
      signal,
    });
    await keepRuntime(cache, runtime, objects);
    await cp(join(objects, "cosim"), target);
  });
  if (!reused) await prune(cache);
  return file;
}

async function copyRuntime(cache: string, runtime: string, objects: string): Promise<void> {
  const prefix = `${runtime}-`;
  const kept = (await readdir(cache).catch(() => [])).filter((name) => name.startsWith(prefix));
  for (const name of kept) await cp(join(cache, name), join(objects, name.slice(prefix.length)));
}

async function keepRuntime(cache: string, runtime: string, objects: string): Promise<void> {
  const names = (await readdir(objects)).filter((name) => RUNTIME.test(name));
  for (const name of names) await cached(cache, `${runtime}-${name}`, (target) => cp(join(objects, name), target));
}
