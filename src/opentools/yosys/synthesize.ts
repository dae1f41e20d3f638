/** Synthesizes modules out of context with Yosys for UltraScale+: on all cores, and nothing twice. */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../build/command.ts";
import { inParallel } from "../../build/parallel.ts";
import type { Executable } from "../../build/plan.ts";
import { digestOf } from "../../build/plan.ts";
import { ToolError } from "../../build/tool-error.ts";
import { attemptWrite, makeFolder, writeWhole } from "../../files.ts";
import type { SynthesizedModule } from "../../report/stage-usage.ts";
import { cached, cacheFolder, prune } from "../cache.ts";
import { measure } from "./measure.ts";
import type { Netlist } from "./netlist.ts";
import { parseNetlist } from "./netlist.ts";
import { sourceClosure } from "./source-closure.ts";

export interface Synthesis {
  /** SystemVerilog by path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly modules: readonly string[];
  /** The folder for the logs. */
  readonly logs: string;
}

export interface SynthesizeOptions {
  readonly yosys: Executable;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Synthesized {
  readonly modules: ReadonlyMap<string, SynthesizedModule>;
  /** How many of them had been synthesized before. */
  readonly reused: number;
}

const NETLIST = "netlist.json";
const TIMEOUT_SECONDS = 3600;
const HINT = "If you have not changed the generated files, please report this.";

/** Rejects with a ToolError that quotes Yosys, or a DiagnosticError for a netlist that makes no sense. */
export async function synthesize(synthesis: Synthesis, options: SynthesizeOptions): Promise<Synthesized> {
  const { modules, logs } = synthesis;
  const cache = join(cacheFolder(), "yosys");
  await makeFolder(logs);
  let done = 0;
  const results = await inParallel(modules, availableParallelism(), async (module) => {
    const sources = sourceClosure(synthesis.sources, module);
    const script = scriptOf(module, [...sources.keys()]);
    const key = digestOf(options.yosys.version, script, ...sources.values());
    const make = (file: string) => run(module, script, sources, file, join(logs, `yosys-${module}.log`), options);
    const { file, reused } = await cached(cache, `${key}.json`, make);
    const measured = measure(await readNetlist(file, module), module);
    options.onProgress?.(++done, modules.length);
    return { measured, reused };
  });
  if (results.some(({ reused }) => !reused)) await prune(cache);
  return {
    modules: new Map(results.map(({ measured }) => [measured.module, measured])),
    reused: results.filter(({ reused }) => reused).length,
  };
}

/** Without pads and clock buffers: the module stands inside of a design. Places in the source are not read again. */
const scriptOf = (module: string, paths: readonly string[]): string =>
  [
    ...paths.map((path) => `read_verilog -sv "${path}"`),
    `synth_xilinx -family xcup -noiopad -noclkbuf -flatten -top ${module}`,
    "attrmap -remove src",
    `json -o ${NETLIST} ${module}`,
  ].join("\n");

/** In a folder of copies: so the sources are what their digest says, and Yosys from npm sees them. */
async function run(
  module: string,
  script: string,
  sources: ReadonlyMap<string, string>,
  target: string,
  log: string,
  { yosys, signal }: SynthesizeOptions,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bitloom-yosys-"));
  try {
    for (const [path, text] of sources) await writeWhole(join(folder, path), text);
    await writeWhole(join(folder, "synthesize.ys"), script);
    await runCommand({
      step: `synthesize ${module}`,
      path: yosys.path,
      arguments: ["-s", "synthesize.ys"],
      folder,
      log,
      timeoutSeconds: TIMEOUT_SECONDS,
      hint: HINT,
      signal,
    });
    await attemptWrite(target, () => copyFile(join(folder, NETLIST), target));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readNetlist(file: string, module: string): Promise<Netlist> {
  try {
    return parseNetlist(await readFile(file, "utf8"), module);
  } catch {
    const message = "Yosys wrote a netlist that Bitloom cannot read";
    throw new ToolError({
      reason: "failed",
      step: `synthesize ${module}`,
      message,
      hint: `Remove ${file} and try again.`,
    });
  }
}
