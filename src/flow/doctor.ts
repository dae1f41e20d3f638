/** What is installed. */

import type { ToolSpec } from "../build/tool.ts";
import { findTool } from "../build/tool.ts";
import { ToolError } from "../build/tool-error.ts";
import { OPEN_TOOLS } from "../opentools/tools.ts";
import { VIVADO_TOOLS } from "../vivado/tools.ts";

export interface Finding {
  readonly name: string;
  /** Where it is; undefined if it is missing or cannot be started. */
  readonly path: string | undefined;
  readonly version: string | undefined;
  readonly problem: string | undefined;
  readonly neededFor: string;
  readonly howToGet: string;
}

export const examine = (): Promise<Finding[]> => Promise.all([...OPEN_TOOLS, ...VIVADO_TOOLS].map(find));

async function find(spec: ToolSpec): Promise<Finding> {
  const { name, neededFor, howToGet } = spec;
  try {
    const { path, version } = await findTool(spec);
    return { name, path, version, problem: undefined, neededFor, howToGet };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { name, path: undefined, version: undefined, problem: error.details.message, neededFor, howToGet };
  }
}
