/** Ctrl-C: the running tool's whole process group is asked to end; without a tool Bitloom ends at once. */
import { anyRunning } from "../build/process-group.ts";

export const INTERRUPTED = 130;

export function interruptible(): AbortSignal {
  const abort = new AbortController();
  const interrupt = () => {
    if (abort.signal.aborted || !anyRunning()) process.exit(INTERRUPTED);
    abort.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return abort.signal;
}
