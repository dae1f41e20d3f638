/** What is installed. */
import type { Executable } from "../build/plan.ts";
import { findTool } from "../build/tool.ts";
import { ToolError } from "../build/tool-error.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { OPEN_TOOLS } from "../opentools/tools.ts";
import { installVerilator, VERILATOR } from "../opentools/verilator-tool.ts";
import { VENDOR_TOOLS } from "../vivado/tools.ts";
import { releaseTraps } from "../vivado/traps.ts";

interface Wanted {
  readonly name: string;
  readonly neededFor: string;
  readonly howToGet: string;
  /** Rejects with a ToolError if there is none. */
  readonly find: () => Promise<Executable>;
}

export interface Finding extends Omit<Wanted, "find"> {
  /** Where it is; undefined if it is missing or cannot be started. */
  readonly path: string | undefined;
  readonly version: string | undefined;
  readonly problem: string | undefined;
  readonly warnings: readonly Diagnostic[];
}

/** Gets what can be had without root and is not there; native tools stay first. */
export async function install(signal?: AbortSignal): Promise<void> {
  const isThere = await findTool(VERILATOR).then(
    () => true,
    () => false,
  );
  if (!isThere) await installVerilator(signal);
}

export function examine(): Promise<Finding[]> {
  const open = OPEN_TOOLS.map((spec): Wanted => ({ ...spec, find: () => findTool(spec) }));
  const vendor = VENDOR_TOOLS.map((tool) => examineOne(tool, releaseTraps));
  return Promise.all([...open.map((tool) => examineOne(tool, () => [])), ...vendor]);
}

async function examineOne(
  { name, neededFor, howToGet, find }: Wanted,
  warnings: (name: string, version: string) => Diagnostic[],
): Promise<Finding> {
  const about = { name, neededFor, howToGet };
  try {
    const { path, version } = await find();
    return { ...about, path, version, problem: undefined, warnings: warnings(name, version) };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const problem = error.details.message;
    return { ...about, path: undefined, version: undefined, problem, warnings: [] };
  }
}
