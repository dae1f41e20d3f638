/**
 * Synthesizes a design with Yosys for UltraScale+, on all cores and nothing twice: each part (a stage) for itself, out of context
 * and flat; and what stands between the parts in the top (FIFOs, forks, converters), module by module, with the parts as black boxes.
 * The whole is these netlists put together: so it is the sum of its parts, and one changed stage synthesizes one module again.
 */
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { inParallel } from "../../build/parallel.ts";
import type { Executable } from "../../build/plan.ts";
import { ToolError } from "../../build/tool-error.ts";
import { makeFolder } from "../../files.ts";
import type { SynthesizedModule } from "../../report/stage-usage.ts";
import { cached, cacheFolder, prune } from "../cache.ts";
import { flatten } from "./flatten.ts";
import type { Job } from "./job.ts";
import { jobOf, runJob, topJob } from "./job.ts";
import { measure } from "./measure.ts";
import type { Netlist } from "./netlist.ts";
import { parseNetlists } from "./netlist.ts";

export interface Synthesis {
  /** SystemVerilog by path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly top: string;
  /** Modules that the top has an instance of, without parameters. */
  readonly parts: readonly string[];
  /** The folder for the logs. */
  readonly logs: string;
}

export interface SynthesizeOptions {
  readonly yosys: Executable;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Synthesized {
  /** By module. */
  readonly parts: ReadonlyMap<string, SynthesizedModule>;
  /** What else there is in the top, by instance. */
  readonly others: ReadonlyMap<string, SynthesizedModule>;
  readonly whole: SynthesizedModule;
  /** How many netlists were there before. */
  readonly reused: number;
}

/** The netlists that a synthesis makes: first the top, then those with the longest texts, which take longest. */
export const jobsOf = ({ sources, top, parts }: Omit<Synthesis, "logs">, { version }: Executable): Job[] => [
  topJob(sources, top, parts, version),
  ...parts.map((module) => jobOf(sources, module, version)).sort((a, b) => lengthOf(b) - lengthOf(a)),
];

const lengthOf = ({ sources }: Job): number => [...sources.values()].reduce((sum, { length }) => sum + length, 0);

/** Rejects with a ToolError that quotes Yosys, or a DiagnosticError for a netlist that makes no sense. */
export async function synthesize(synthesis: Synthesis, options: SynthesizeOptions): Promise<Synthesized> {
  const { top, parts, logs } = synthesis;
  await makeFolder(logs);
  const jobs = jobsOf(synthesis, options.yosys);
  let done = 0;
  options.onProgress?.(done, jobs.length);
  const results = await inParallel(jobs, availableParallelism(), async (job) => {
    const run = (file: string) => runJob(job, file, join(logs, `yosys-${job.module}.log`), options);
    const { file, reused } = await cached(cache(), job.file, run);
    const netlists = await readNetlists(file, job.module);
    options.onProgress?.(++done, jobs.length);
    return { netlists, reused };
  });
  const reused = results.filter((result) => result.reused).length;
  if (reused < results.length) await prune(cache());
  const between = results[0]?.netlists as ReadonlyMap<string, Netlist>;
  const modules = new Map(results.flatMap(({ netlists }) => [...netlists]));
  const measured = (module: string) => measure(flatten(module, modules), plainName(module));
  return {
    parts: new Map(parts.map((module) => [module, measured(module)])),
    others: othersOf(between, top, measured),
    whole: measure(flatten(top, modules), top),
    reused,
  };
}

export const cache = (): string => join(cacheFolder(), "yosys");

/** Each module is measured once, however many instances it has. */
function othersOf(
  modules: ReadonlyMap<string, Netlist>,
  top: string,
  measured: (module: string) => SynthesizedModule,
): ReadonlyMap<string, SynthesizedModule> {
  const found = new Map([...modules.keys()].filter((name) => name !== top).map((name) => [name, measured(name)]));
  const instances = Object.entries((modules.get(top) as Netlist).cells);
  return new Map(
    instances.flatMap(([name, { type }]) => {
      const usage = found.get(type);
      return usage ? [[name, usage] as const] : [];
    }),
  );
}

/** Yosys names a module with parameters `$paramod$HASH\NAME`, or `$paramod\NAME\PARAMETER=...`. */
const plainName = (module: string): string => /^\$paramod[^\\]*\\(\w+)/.exec(module)?.[1] ?? module;

async function readNetlists(file: string, module: string): Promise<ReadonlyMap<string, Netlist>> {
  const netlists = await readFile(file, "utf8").then(parseNetlists, () => new Map());
  if (netlists.has(module)) return netlists;
  const message = "Yosys wrote a netlist that Bitloom cannot read";
  throw new ToolError({
    reason: "failed",
    step: `synthesize ${module}`,
    message,
    hint: `Remove ${file} and try again.`,
  });
}
