/** What all commands have in common: options, output, and what becomes of a failure. */
import type { Command } from "commander";
import { exitCodeOf, failureJson, failureText } from "./failure.ts";
import { interruptible } from "./interrupt.ts";
import type { Output } from "./output.ts";
import { makeOutput } from "./output.ts";

export interface Common {
  readonly json?: true;
  readonly debug?: true;
}

export interface Session {
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** May return an exit code; it is 0 otherwise. */
type Action<A extends readonly unknown[], O> = (
  args: A,
  options: O,
  session: Session,
) => Promise<number> | Promise<void>;

/** Adds the common options and the example, and runs the action. */
export function finish<A extends readonly unknown[], O extends Common>(
  command: Command,
  example: string,
  action: Action<A, O>,
): void {
  command
    .option("--json", "print one JSON value on stdout, progress on stderr")
    .option("--debug", "show the stack of an internal error")
    .addHelpText("after", `\nExample:\n  $ ${example}`)
    .action(async (...all: unknown[]) => {
      const args = all.slice(0, -2) as unknown as A;
      process.exitCode = await guarded(action, args, all.at(-2) as O);
    });
}

async function guarded<A extends readonly unknown[], O extends Common>(
  action: Action<A, O>,
  args: A,
  options: O,
): Promise<number> {
  const output = makeOutput(options.json ?? false);
  try {
    const code = await action(args, options, { output, signal: interruptible() });
    return code ?? 0;
  } catch (error) {
    if (options.json) output.json(failureJson(error));
    else output.note(failureText(error, output.paint, options.debug ?? false));
    return exitCodeOf(error);
  } finally {
    output.progress.end();
  }
}
