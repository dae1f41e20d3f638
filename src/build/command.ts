/** Runs one command in a process group of its own, with its output in a log file as it comes. */
import { closeSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { execa } from "execa";
import { attemptWrite } from "../files.ts";
import type { GroupEnd } from "./process-group.ts";
import { groupOf } from "./process-group.ts";
import type { ToolErrorDetails } from "./tool-error.ts";
import { ToolError } from "./tool-error.ts";

export interface Command {
  /** What it is for, as a user would say it. */
  readonly step: string;
  readonly path: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: string;
  readonly timeoutSeconds: number;
  /** What to do when it fails. */
  readonly hint: string;
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: (leader: number) => unknown;
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Of a failed command's output. */
const MOST_LINES = 12;
const MATTERS = /\b(fatal|error|undefined reference|critical warning)\b/i;

/** Resolves when the command exits with 0; rejects with a ToolError otherwise. */
export async function runCommand(command: Command): Promise<void> {
  if (command.signal?.aborted) throw failure(command, { reason: "cancelled", message: "cancelled before it began" });
  const child = execa(command.path, command.arguments, {
    cwd: command.folder,
    env: command.environment ?? {},
    detached: process.platform !== "win32",
    stdin: "ignore",
    all: true,
    buffer: false,
    reject: false,
  });
  const group = groupOf(child, command.timeoutSeconds, command.signal);
  try {
    // At once: execa throws away what nobody reads.
    const following = follow(child.all, command);
    const [lines] = await Promise.all([following, child.pid !== undefined && command.onStart?.(child.pid)]);
    const { exitCode, signal, originalMessage = "" } = await child;
    const ended = group.ended();
    if (ended || exitCode !== 0)
      throw failure(command, { ...outcome(command, ended, exitCode, signal, originalMessage), lines });
  } finally {
    group.end("abandoned");
  }
}

/** Copies the output to the log, and returns the lines that a failure quotes. */
async function follow(output: Readable, { log, onLine }: Command): Promise<string[]> {
  const important: string[] = [];
  const last: string[] = [];
  const file = await attemptWrite(log, () => openSync(log, "w"));
  try {
    for await (const line of createInterface({ input: output })) {
      await attemptWrite(log, () => writeSync(file, `${line}\n`));
      onLine?.(line);
      if (MATTERS.test(line) && important.length < MOST_LINES) important.push(line);
      last.push(line);
      if (last.length > MOST_LINES) last.shift();
    }
  } finally {
    closeSync(file);
  }
  return important.length > 0 ? important : last;
}

type Outcome = Pick<ToolErrorDetails, "reason" | "message" | "exitCode" | "signal">;

function outcome(
  { timeoutSeconds }: Command,
  ended: GroupEnd | undefined,
  exitCode: number | undefined,
  signal: string | undefined,
  why: string,
): Outcome {
  if (ended === "timeout") return { reason: "timeout", message: `still ran after ${timeoutSeconds} s, and was ended` };
  if (ended === "cancelled") return { reason: "cancelled", message: "was cancelled" };
  if (exitCode !== undefined) return { reason: "failed", message: `exited with ${exitCode}`, exitCode };
  if (signal !== undefined) return { reason: "failed", message: `was ended by ${signal}`, signal };
  return { reason: "failed", message: `could not be started: ${why}` };
}

function failure(command: Command, rest: Outcome & { lines?: readonly string[] }): ToolError {
  const { step, path, log, hint } = command;
  return new ToolError({ step, command: [path, ...command.arguments], log, hint, ...rest });
}
