/** What the system refuses on the disk becomes a diagnostic. */
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { DiagnosticError, unwritableFile } from "../diagnostics.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EISDIR: "a folder of this name is there",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is no folder",
  EEXIST: "a part of the path is no folder",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
};

/** Rejects with a DiagnosticError that names the file. */
export async function attempt<T>(file: string, operation: () => T | Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new DiagnosticError([unwritableFile(file, REASONS[code] ?? code)]);
  }
}

export const makeFolder = (folder: string): Promise<unknown> =>
  attempt(folder, () => mkdir(folder, { recursive: true }));

/** Writes a file that is there only when it is complete. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  await makeFolder(dirname(file));
  await attempt(file, async () => {
    try {
      const handle = await open(temporary, "wx");
      await handle.writeFile(content).finally(() => handle.close());
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

export async function hasContent(file: string, content: string | Uint8Array): Promise<boolean> {
  const present = await readFile(file).catch(() => undefined);
  return present?.equals(Buffer.from(content)) ?? false;
}

/** The parsed JSON of a file of ours, or `undefined` if it is not there or was damaged. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
