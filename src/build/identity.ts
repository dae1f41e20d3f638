/** A process, so that no later one with the same number is mistaken for it. */
import { readFileSync } from "node:fs";

export interface Identity {
  readonly pid: number;
  /** In the system's own count; empty where the system does not say. */
  readonly started: string;
}

/** `undefined` if there is no such process. */
export function identify(pid: number): Identity | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user may not be signalled, but is there.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  return { pid, started: startOf(pid) };
}

export const isAlive = ({ pid, started }: Identity): boolean => identify(pid)?.started === started;

/** Field 22 of /proc/PID/stat, counted from the end of the program's name, which may hold anything. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
