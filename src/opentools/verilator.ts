/** Builds the simulator of a core: Verilator's C++ of its SystemVerilog, with our harness. Kept by the digest of both. */
import { cp, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
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

export interface CoreOptions {
  readonly verilator: Executable;
  /** For what nobody needs afterwards. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

const HARNESS = packageFile("sim/verilator");
const WORDS = ["--cc", "--exe", "--build", "-O3", "-Wno-lint", "-Wno-fatal", "--x-assign", "0", "--prefix", "Vdesign"];
const FLAGS = ["-CFLAGS", "-O1"];
/** Show what each FIFO takes; simulate what AMD's primitives do, not them. */
const DEFINES = ["-DBITLOOM_COSIM", "-DBITLOOM_BEHAVIOURAL"];
const TIMEOUT_SECONDS = 1800;

/** The program. Rejects with a ToolError that quotes Verilator or the compiler. */
export async function buildCore(sources: CoreSources, { verilator, scratch, signal }: CoreOptions): Promise<string> {
  const { folder, top, header } = sources;
  const files = (await readdir(join(folder, "rtl"), { recursive: true }))
    .filter((path) => path.endsWith(".sv"))
    .sort()
    .map((path) => join("rtl", path));
  const harness = await Promise.all(["harness.cpp", "ports.h"].map((name) => readFile(join(HARNESS, name), "utf8")));
  const texts = await Promise.all(files.map((path) => readFile(join(folder, path), "utf8")));
  const cache = join(cacheFolder(), "cosim");
  const key = digestOf(verilator.version, ...WORDS, ...FLAGS, ...DEFINES, top, header, ...harness, ...files, ...texts);
  const { file, reused } = await cached(cache, key, async (target) => {
    const objects = join(scratch, "verilator");
    await makeFolder(objects);
    await writeWhole(join(objects, "design.hpp"), header);
    await runCommand({
      step: "verilate",
      path: verilator.path,
      arguments: [
        ...WORDS,
        ...FLAGS,
        ...["-CFLAGS", `-I${HARNESS}`, ...DEFINES, "--top-module", top, "-Mdir", objects, "-o", "cosim"],
        ...[join(HARNESS, "harness.cpp"), ...files],
      ],
      folder,
      log: join(scratch, `verilate-${basename(top)}.log`),
      timeoutSeconds: TIMEOUT_SECONDS,
      hint: "If you have not changed the generated files, please report this.",
      signal,
    });
    await cp(join(objects, "cosim"), target);
  });
  if (!reused) await prune(cache);
  return file;
}
