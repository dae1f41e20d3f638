/** Work that begins anew whenever files change: bursts of changes count once, and what is running is cancelled first. */
import { watch } from "chokidar";

export interface RerunOptions {
  /** Folders whose files are watched (not those below), and which of the files count. */
  readonly folders: readonly string[];
  readonly matters: (file: string) => boolean;
  /** Ends it all. */
  readonly signal: AbortSignal;
  /** Milliseconds without a change after which a burst is over. */
  readonly quiet?: number;
  /** Called with the files of a burst, before the work begins anew. */
  readonly onChange?: (files: readonly string[]) => void;
  /** Called once all folders are watched. */
  readonly onReady?: () => void;
}

const QUIET_MS = 200;

/** Runs the work once, and again after each burst of changes, until the signal. `work` must reject or resolve soon after its signal. */
export async function rerunOnChange(
  work: (signal: AbortSignal) => Promise<void>,
  options: RerunOptions,
): Promise<void> {
  const { folders, matters, signal, quiet = QUIET_MS, onChange, onReady } = options;
  const changed = new Set<string>();
  let wake: () => void = () => undefined;
  let current = new AbortController();
  const watcher = watch([...folders], { ignoreInitial: true, depth: 0 });
  watcher.on("all", (_, file) => {
    if (!matters(file)) return;
    changed.add(file);
    current.abort();
    wake();
  });
  const stop = () => {
    current.abort();
    wake();
  };
  signal.addEventListener("abort", stop);
  try {
    await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
    onReady?.();
    while (!signal.aborted) {
      current = new AbortController();
      await work(current.signal);
      while (changed.size === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      for (let seen = -1; seen !== changed.size && !signal.aborted; await pause(quiet)) seen = changed.size;
      if (!signal.aborted) onChange?.([...changed]);
      changed.clear();
    }
  } finally {
    signal.removeEventListener("abort", stop);
    await watcher.close();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
