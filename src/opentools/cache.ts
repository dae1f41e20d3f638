/** What was compiled before, by the digest of all that it follows from. Shared by all builds of a user. */
import { randomUUID } from "node:crypto";
import { readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../build/tool.ts";
import { attemptWrite, makeFolder } from "../files.ts";

/** The least recently used files beyond this are removed. */
const MOST_BYTES = 2 * 1024 ** 3;

export function cacheFolder(environment: Environment = process.env): string {
  const { BITLOOM_CACHE: own, XDG_CACHE_HOME: shared, LOCALAPPDATA: local } = environment;
  return own || join(shared || local || join(homedir(), ".cache"), "bitloom");
}

/** The file of this digest, made by `make` (which is given the path to write) unless it is there. */
export async function cached(
  folder: string,
  name: string,
  make: (file: string) => Promise<void>,
): Promise<{ file: string; reused: boolean }> {
  const file = join(folder, name);
  if (await touch(file)) return { file, reused: true };
  await makeFolder(folder);
  // Two may make it at once; each finishes its own, and they are the same.
  const temporary = join(folder, `${randomUUID()}-${name}`);
  try {
    await make(temporary);
    await attemptWrite(file, () => rename(temporary, file));
  } finally {
    await rm(temporary, { force: true });
  }
  return { file, reused: false };
}

async function touch(file: string): Promise<boolean> {
  const now = new Date();
  return utimes(file, now, now).then(
    () => true,
    () => false,
  );
}

export async function prune(folder: string, mostBytes = MOST_BYTES): Promise<void> {
  const names = await readdir(folder);
  const found = await Promise.all(names.map((name) => look(join(folder, name))));
  let bytes = 0;
  for (const { file, size } of found.flat().sort((a, b) => b.used - a.used)) {
    bytes += size;
    if (bytes > mostBytes) await rm(file, { force: true });
  }
}

async function look(file: string): Promise<{ file: string; size: number; used: number }[]> {
  const { size, mtimeMs: used } = (await stat(file).catch(() => undefined)) ?? {};
  return size === undefined || used === undefined ? [] : [{ file, size, used }];
}
