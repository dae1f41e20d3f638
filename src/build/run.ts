/** Carries a plan out in a folder: writes what changed, runs what is not done. Can be killed and continued at any moment. */
import { join } from "node:path";
import { DiagnosticError, folderInUse } from "../diagnostics.ts";
import { makeFolder } from "../files.ts";
import { runCommand } from "./command.ts";
import type { Lock } from "./lock.ts";
import { lockFolder } from "./lock.ts";
import type { Finding, Plan, PlannedStep } from "./plan.ts";
import { forgetStep, isDone, stampStep } from "./stamps.ts";
import { ToolError } from "./tool-error.ts";
import { checkFolder, NOTES, writeFiles } from "./write-files.ts";

export type RunEvent =
  | { readonly kind: "files"; readonly written: readonly string[]; readonly total: number }
  | { readonly kind: "step"; readonly step: string; readonly state: "started" | "finished" | "up to date" }
  | { readonly kind: "line"; readonly step: string; readonly line: string };

export interface RunOptions {
  /** Ends the running step and rejects. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Runs this step and those after it again, even where nothing changed. */
  readonly from?: string | undefined;
}

/** Rejects with a DiagnosticError (folder) or a ToolError (step). */
export async function run(plan: Plan, folder: string, options: RunOptions = {}): Promise<void> {
  await checkFolder(folder);
  await makeFolder(join(folder, NOTES));
  const lock = await lockFolder(join(folder, NOTES));
  if (!lock) throw new DiagnosticError([folderInUse(folder)]);
  try {
    const written = await writeFiles(folder, plan.files);
    options.onEvent?.({ kind: "files", written, total: plan.files.size });
    if (options.from !== undefined) await forgetSteps(plan, folder, options.from);
    for (const step of plan.steps) await runStep(step, folder, lock, options);
  } finally {
    await lock.release();
  }
}

async function forgetSteps({ steps }: Plan, folder: string, from: string): Promise<void> {
  const first = steps.findIndex(({ name }) => name === from);
  for (const { name } of steps.slice(Math.max(0, first))) await forgetStep(folder, name);
}

async function runStep(step: PlannedStep, folder: string, lock: Lock, { signal, onEvent }: RunOptions): Promise<void> {
  const { name } = step;
  if (await isDone(folder, step)) return onEvent?.({ kind: "step", step: name, state: "up to date" });
  onEvent?.({ kind: "step", step: name, state: "started" });
  const log = join(folder, "logs", `${name}.log`);
  await makeFolder(join(folder, "logs"));
  await runCommand({
    step: name,
    path: step.tool.path,
    arguments: step.arguments,
    folder,
    log,
    timeoutSeconds: step.timeoutSeconds,
    hint: "See the log; the next run continues with this step.",
    signal,
    onStart: (leader) => lock.note(leader),
    onLine: (line) => onEvent?.({ kind: "line", step: name, line }),
  });
  await lock.note(undefined);
  const [finding, ...others] = (await step.check?.(folder, log)) ?? [];
  if (finding) throw unsuccessful(step, finding, others, log);
  const missing = await stampStep(folder, step);
  if (missing.length > 0) throw noProduct(step, missing, log);
  onEvent?.({ kind: "step", step: name, state: "finished" });
}

const noProduct = (step: PlannedStep, missing: readonly string[], log: string): ToolError =>
  unsuccessful(step, { message: `did not make ${missing.join(", ")}`, hint: "The log says why." }, [], log);

/** Some tools exit with 0 after an error. */
function unsuccessful(step: PlannedStep, finding: Finding, others: readonly Finding[], log: string): ToolError {
  const { name, tool, arguments: words } = step;
  return new ToolError({
    reason: "failed",
    step: name,
    message: `exited with 0, but ${finding.message}`,
    command: [tool.path, ...words],
    lines: others.map(({ message }) => message),
    log,
    hint: finding.hint,
  });
}
