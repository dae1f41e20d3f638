/**
 * One builder per folder. A builder claims the folder by a file that carries its identity, then looks for other claims: of two
 * builders the later one sees the earlier one's. A claim counts only while its process lives, so nothing is left to clean up by
 * hand after a kill; a tool that a killed builder left running all the same (process-group.ts) is ended by the next one.
 */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { attemptWrite, makeFolder } from "../files.ts";
import type { Identity } from "./identity.ts";
import { identify, isAlive } from "./identity.ts";
import { signalGroup } from "./process-group.ts";

const CLAIM = /^claim-(\d+)-(\d*)-[a-z0-9]+$/;
/** Two that start at the same moment see each other; both withdraw and try again. */
const ATTEMPTS = 8;

export interface Lock {
  /** Notes the tool that runs now (or none), so that the next builder can end it if this one is killed. */
  note(leader: number | undefined): Promise<void>;
  release(): Promise<void>;
}

/** `undefined` if another builder has the folder. Rejects with a DiagnosticError if the folder cannot be written. */
export async function lockFolder(folder: string): Promise<Lock | undefined> {
  await makeFolder(folder);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await setTimeout(10 + Math.random() * 40 * attempt);
    const lock = await claim(folder);
    if (lock) return lock;
  }
  return undefined;
}

async function claim(folder: string): Promise<Lock | undefined> {
  const { pid, started } = identify(process.pid) as Identity;
  const name = `claim-${pid}-${started}-${Math.random().toString(36).slice(2)}`;
  const file = join(folder, name);
  const write = (text: string) => attemptWrite(file, () => writeFile(file, text));
  await write("");
  const release = () => rm(file, { force: true });
  if (await claimedByOther(folder, name)) return void (await release());
  const note = (leader: number | undefined) =>
    write(leader === undefined ? "" : JSON.stringify(identify(leader) ?? null));
  return { note, release };
}

async function claimedByOther(folder: string, own: string): Promise<boolean> {
  let taken = false;
  for (const name of await readdir(folder)) {
    const match = CLAIM.exec(name);
    if (!match || name === own) continue;
    if (isAlive({ pid: Number(match[1]), started: match[2] ?? "" })) taken = true;
    else await endOrphan(join(folder, name));
  }
  return taken;
}

/** Ends the tool of a builder that was killed, then removes its claim. */
async function endOrphan(file: string): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => "");
  const leader = text.startsWith("{") && text.endsWith("}") ? (JSON.parse(text) as Identity) : undefined;
  if (leader && isAlive(leader)) signalGroup(leader.pid, "SIGKILL");
  await attemptWrite(file, () => rm(file, { force: true }));
}
