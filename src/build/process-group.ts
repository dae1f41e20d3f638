/** Processes that end together with Bitloom: each tool is started as the leader of a group of its own. */
import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

export type GroupEnd = "timeout" | "cancelled" | "abandoned";

interface Child {
  readonly pid?: number;
  once(event: "exit", listener: () => void): unknown;
}

export interface Group {
  /** Why it was ended before its leader had ended by itself. */
  ended(): GroupEnd | undefined;
  /** Asks the group to end, and a little later ends it. Does nothing if it has ended. */
  end(why: GroupEnd): void;
}

const GRACE_MS = 5_000;

/** Leaders of the groups that run. */
const running = new Set<number>();
process.once("exit", () => {
  for (const leader of running) signalGroup(leader, "SIGKILL");
});

/** Outlives this process even if that is killed: then its input ends, and it ends the groups of the last line. */
const WATCHER = 'while read -r line; do groups=$line; done; [ -z "$groups" ] || kill -s KILL -- $groups';
let watcher: Writable | undefined;

function tellWatcher(): void {
  if (process.platform === "win32") return;
  watcher ??= startWatcher();
  watcher.write(`${[...running].map((leader) => -leader).join(" ")}\n`);
}

function startWatcher(): Writable {
  const child = spawn("sh", ["-c", WATCHER], { cwd: "/", detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // Without it tools only outlive a Bitloom that is killed.
  child.on("error", () => {}).unref();
  child.stdin.on("error", () => {});
  (child.stdin as Writable & { unref?(): void }).unref?.();
  return child.stdin;
}

/** The group of a child: ends on a timeout, on an abort, and with this process. */
export function groupOf(child: Child, timeoutSeconds: number, signal: AbortSignal | undefined): Group {
  const leader = child.pid;
  let why: GroupEnd | undefined;
  if (leader === undefined) return { ended: () => why, end: () => {} };
  const send = (name: NodeJS.Signals) => running.has(leader) && signalGroup(leader, name);
  const end = (reason: GroupEnd) => {
    if (!send("SIGTERM")) return;
    why ??= reason;
    setTimeout(send, GRACE_MS, "SIGKILL").unref();
  };
  const cancel = () => end("cancelled");
  const timer = setTimeout(end, timeoutSeconds * 1000, "timeout");
  signal?.addEventListener("abort", cancel);
  running.add(leader);
  tellWatcher();
  child.once("exit", () => {
    running.delete(leader);
    tellWatcher();
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
    // What the leader has left behind would hold its output open.
    signalGroup(leader, "SIGKILL");
  });
  return { ended: () => why, end };
}

/** False if there is no such group. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    // Windows has no process groups; there the tool alone is ended.
    return process.kill(process.platform === "win32" ? leader : -leader, signal);
  } catch {
    return false;
  }
}

export const anyRunning = (): boolean => running.size > 0;
