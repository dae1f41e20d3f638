/** Opens and writes files; what the system refuses becomes a diagnostic. */
import { randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open, readFile, rename, rm } from "node:fs/promises";
import type { Diagnostic } from "../diagnostics.ts";
import { DiagnosticError, unreadableFile, unwritableFile } from "../diagnostics.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
  ENOSPC: "the disk is full",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GiB",
  ERR_STRING_TOO_LONG: "it is larger than 512 MiB; move the weights to a .safetensors file",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "its name has a forbidden character",
};

/** What the system says, without its call names; other errors are thrown on. */
function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}

/** Runs an operation on a file; `diagnostic` says what to tell if the system refuses it. */
async function attempt<T>(operation: () => Promise<T>, diagnostic: (why: string) => Diagnostic): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw new DiagnosticError([diagnostic(reasonOf(error))]);
  }
}

/** `path` is the file's place for the diagnostic. Rejects with a DiagnosticError. */
export function readBytesOf(file: string, path = file): Promise<Buffer> {
  return attempt(
    () => readFile(file),
    (why) => unreadableFile(path, why),
  );
}

/** UTF-8 without its byte order mark. Rejects with a DiagnosticError. */
export async function readTextOf(file: string, path = file): Promise<string> {
  const bytes = await readBytesOf(file, path);
  return attempt(
    async () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    (why) => unreadableFile(path, why === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "it is not UTF-8 text" : why),
  );
}

export async function openFile(file: string, path = file): Promise<FileHandle> {
  const handle = await attempt(
    () => open(file),
    (why) => unreadableFile(path, why),
  );
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new DiagnosticError([unreadableFile(path, "it is no file")]);
}

/** Writes the pieces to a file that is there only when it is complete. Rejects with a DiagnosticError. */
export function writeAtomically(file: string, pieces: readonly (Uint8Array | string)[]): Promise<void> {
  return attempt(
    () => writeThenRename(file, pieces),
    (why) => unwritableFile(file, why),
  );
}

async function writeThenRename(file: string, pieces: readonly (Uint8Array | string)[]): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, "wx");
    try {
      for (const piece of pieces) await handle.writeFile(piece);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
