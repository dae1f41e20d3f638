/** Steps of AMD's tools. They exit with 0 in many failures, so each step says how its success is read from log and reports. */
import { join } from "node:path";
import type { Finding, Step } from "../build/plan.ts";
import type { VendorTool } from "./discover.ts";
import { parseReportFile } from "./reports/index.ts";
import type { LogValues } from "./reports/log-values.ts";

/** A step whose success is read from log and reports. */
export type CheckedStep = Required<Step>;

export const toolCall = ({ executable, prefix }: VendorTool, words: readonly string[]) => ({
  tool: executable,
  arguments: [...prefix, ...words],
});

/** The values of a report of the kind that is expected, or a finding. */
export async function readReport<V>(
  folder: string,
  file: string,
  kinds: readonly string[],
): Promise<{ values: V } | Finding> {
  try {
    const parsed = await parseReportFile(join(folder, file));
    if (kinds.includes(parsed.kind)) return { values: parsed.values as V };
    return unreadable(file, `it is a ${parsed.kind}`);
  } catch (error) {
    return unreadable(file, error instanceof Error ? error.message : String(error));
  }
}

const unreadable = (file: string, why: string): Finding => ({
  message: `${file} cannot be read: ${why}`,
  hint: "The tool was stopped, or the disk is full: read the log and run the step again.",
});

/** What the log says against success; `verdict` reads the status line that the step should have. */
export async function checkLog(log: string, verdict: (values: LogValues) => readonly Finding[]): Promise<Finding[]> {
  const read = await readReport<LogValues>("", log, ["log_hls", "log_vivado"]);
  if ("message" in read) return [read];
  const errors = read.values.messages.filter(({ severity }) => severity === "error" || severity === "fatal");
  return [...verdict(read.values), ...errors.slice(0, 3).map(errorFinding)];
}

const errorFinding = ({ code, text, hint }: LogValues["messages"][number]): Finding => ({
  message: code === null ? text : `[${code}] ${text}`,
  hint: hint ?? "The log has the context of this error.",
});
