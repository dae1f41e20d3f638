/** Brings a folder's generated files to what a plan says: what is the same stays untouched, what is no longer planned goes. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DiagnosticError, foreignFolder } from "../diagnostics.ts";
import { attemptWrite, checkFolderWritable, hasContent, readJson, writeWhole } from "../files.ts";
import type { Files } from "./plan.ts";

/** Bitloom's own notes in a build folder. */
export const NOTES = ".bitloom";

const MANIFEST = join(NOTES, "files.json");

/** Returns the paths that were written. */
export async function writeFiles(folder: string, files: Files): Promise<string[]> {
  const former = await formerFiles(folder);
  const obsolete = former.filter((path) => !files.has(path));
  // Before anything is written: files of a run that was killed are ours too.
  await writeManifest(folder, [...files.keys(), ...obsolete]);
  const written: string[] = [];
  for (const [path, content] of files) {
    if (await hasContent(join(folder, path), content)) continue;
    await writeWhole(join(folder, path), content);
    written.push(path);
  }
  for (const path of obsolete) await attemptWrite(path, () => rm(join(folder, path), { force: true }));
  await writeManifest(folder, [...files.keys()]);
  return written;
}

/** A folder with other things in it is not touched, nor one that cannot be written. Rejects with a DiagnosticError. */
export async function checkFolder(folder: string): Promise<void> {
  await checkFolderWritable(folder);
  const entries = await readdir(folder).catch((): string[] => []);
  if (entries.length > 0 && !entries.includes(NOTES)) throw new DiagnosticError([foreignFolder(folder)]);
}

async function formerFiles(folder: string): Promise<string[]> {
  const parsed = z.array(z.string()).safeParse(await readJson(join(folder, MANIFEST)));
  return parsed.success ? parsed.data : [];
}

async function writeManifest(folder: string, paths: readonly string[]): Promise<void> {
  const text = `${JSON.stringify([...new Set(paths)].sort(), null, 1)}\n`;
  const file = join(folder, MANIFEST);
  if (!(await hasContent(file, text))) await writeWhole(file, text);
}
