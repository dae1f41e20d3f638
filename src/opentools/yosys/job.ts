/** One run of Yosys: which module, from which files, by which script. */
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../../build/command.ts";
import type { Executable } from "../../build/plan.ts";
import { digestOf } from "../../build/plan.ts";
import { attemptWrite, makeTemporaryFolder, writeWhole } from "../../files.ts";
import { sourceClosure } from "./source-closure.ts";

export interface Job {
  readonly module: string;
  readonly script: string;
  /** What the script reads, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** The name under which its netlists are kept: a digest of all that they follow from. */
  readonly file: string;
}

const NETLIST = "netlist.json";
const TIMEOUT_SECONDS = 3600;
const HINT = "If you have not changed the generated files, please report this.";

/** A module by itself, all that is below it dissolved in it. */
export const jobOf = (sources: ReadonlyMap<string, string>, module: string, version: string): Job =>
  job(module, sourceClosure(sources, module), "-flatten", version);

/** The top and the modules below it, each by itself, but for the parts: of these only the ports count. */
export function topJob(sources: ReadonlyMap<string, string>, top: string, parts: readonly string[], version: string) {
  const boxed = new Map([...sources].map(([path, text]) => [path, boxOf(text, parts)]));
  return job(top, sourceClosure(boxed, top), "", version);
}

/** A file with one of the parts becomes its ports alone. */
function boxOf(text: string, parts: readonly string[]): string {
  const [head, module] = /\bmodule\s+(\w+)\s*\([^;]*\);/.exec(text) ?? [];
  return head !== undefined && parts.includes(module as string) ? `(* blackbox *)\n${head}\nendmodule\n` : text;
}

/** Without pads and clock buffers: the module stands inside of a design. Places in the source are not read again. */
function job(module: string, sources: ReadonlyMap<string, string>, flatten: string, version: string): Job {
  const script = [
    ...[...sources.keys()].map((path) => `read_verilog -sv "${path}"`),
    `synth_xilinx -family xcup -noiopad -noclkbuf ${flatten} -top ${module}`,
    "attrmap -remove src",
    `json -o ${NETLIST}`,
  ].join("\n");
  return { module, script, sources, file: `${digestOf(version, script, ...sources.values())}.json` };
}

export interface JobOptions {
  readonly yosys: Executable;
  readonly signal?: AbortSignal | undefined;
}

/** In a folder of copies: so the sources are what their digest says, and Yosys from npm sees them. */
export async function runJob(job: Job, target: string, log: string, { yosys, signal }: JobOptions): Promise<void> {
  const folder = await makeTemporaryFolder("bitloom-yosys-");
  try {
    for (const [path, text] of job.sources) await writeWhole(join(folder, path), text);
    await writeWhole(join(folder, "synthesize.ys"), job.script);
    await runCommand({
      step: `synthesize ${job.module}`,
      path: yosys.path,
      // Warnings and errors only: all that it says would be some 100 MB.
      arguments: ["-q", "-s", "synthesize.ys"],
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
