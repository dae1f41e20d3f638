/** Reads and writes files; what the system refuses becomes a diagnostic. */
import { randomUUID } from "node:crypto";
import { constants, existsSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { access, mkdir, mkdtemp, open, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Diagnostic } from "./diagnostics.ts";
import { DiagnosticError, unreadableFile, unwritableFile } from "./diagnostics.ts";

const REASONS: Readonly<Record<string, string>> = {
  EDQUOT: "the disk quota is used up",
  EEXIST: "a part of the path is no folder",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
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
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}

/** Runs an operation on a file; `diagnostic` says what to tell if the system refuses it. */
async function attempt<T>(operation: () => T | Promise<T>, diagnostic: (why: string) => Diagnostic): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw new DiagnosticError([diagnostic(reasonOf(error))]);
  }
}

/** `path` is where the file is asked for, if that is not its own name. Rejects with a DiagnosticError. */
export function readBytesOf(file: string, path = file): Promise<Buffer> {
  return attempt(
    () => readFile(file),
    (why) => unreadable(file, path, why),
  );
}

const unreadable = (file: string, path: string, why: string): Diagnostic =>
  path === file ? unreadableFile(path, why) : unreadableFile(path, why, basename(file));

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
    (why) => unreadable(file, path, why),
  );
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new DiagnosticError([unreadable(file, path, "it is no file")]);
}

/** Runs an operation that writes. Rejects with a DiagnosticError that names the file. */
export const attemptWrite = <T>(file: string, operation: () => T | Promise<T>): Promise<T> =>
  attempt(operation, (why) => unwritableFile(file, why));

/** With the folders around it. Rejects with a DiagnosticError that names it. */
export const makeFolder = (folder: string): Promise<void> => attemptInto(folder, () => makeFolders(folder));

const attemptInto = <T>(folder: string, operation: () => T | Promise<T>): Promise<T> =>
  attempt(operation, (why) => unwritableFile(folder, why, "into the folder"));

/** A new folder among the system's temporary files. Rejects with a DiagnosticError. */
export const makeTemporaryFolder = (prefix: string): Promise<string> =>
  attemptInto(tmpdir(), () => mkdtemp(join(tmpdir(), prefix)));

/** Not mkdir's `recursive`, which never ends where the system makes no folders, as in /proc. */
async function makeFolders(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (dirname(folder) !== folder) await makeFolders(dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!(await isFolder(folder))) throw error;
  }
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Whether a folder, which may be missing still, can be read and written. Rejects with a DiagnosticError; leaves nothing. */
export const checkFolderWritable = (folder: string): Promise<void> =>
  attemptInto(folder, async () => {
    if (await isFolder(folder)) return access(folder, constants.R_OK | constants.W_OK);
    let outer = folder;
    while (!existsSync(outer) && dirname(outer) !== outer) outer = dirname(outer);
    await rmdir(await mkdtemp(join(outer, ".bitloom-")));
  });

/** Rejects with a DiagnosticError where a file cannot be, since a folder is there. */
export async function checkNoFolder(file: string): Promise<void> {
  if (await isFolder(file)) throw new DiagnosticError([unwritableFile(file, "it is a folder")]);
}

/** Whether a file can be written, before the work that makes its content. Rejects with a DiagnosticError. */
export async function checkWritable(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  await checkNoFolder(file);
  await attemptWrite(file, async () => rmdir(await mkdtemp(join(dirname(file), ".bitloom-"))));
}

/** Writes the pieces to a file that is there only when it is complete. Rejects with a DiagnosticError. */
export const writeAtomically = (file: string, pieces: readonly (Uint8Array | string)[]): Promise<void> =>
  attemptWrite(file, () => writeThenRename(file, pieces));

/** The same, in a folder that is made if it is not there. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  await makeFolder(dirname(file));
  await writeAtomically(file, [content]);
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
