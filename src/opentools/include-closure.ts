/** A C++ file and everything that it includes from known folders, as one digest. What the compiler has of its own is not followed. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { digestOf } from "../build/plan.ts";

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)/gm;

interface File {
  readonly digest: string;
  readonly quoted: readonly string[];
  readonly angled: readonly string[];
}

/**
 * Digests files with their includes; each file is read once. Every `#include` counts, whatever `#if` stands around it: so a
 * change too many may be seen, never one too few.
 */
export class IncludeClosure {
  readonly #folders: readonly string[];
  readonly #files = new Map<string, Promise<File | undefined>>();

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** The same wherever the folders stand. */
  async digest(file: string): Promise<string> {
    const parts: string[] = [];
    await this.#visit(file, "", new Set(), parts);
    return digestOf(...parts);
  }

  async #visit(file: string, spelled: string, seen: Set<string>, parts: string[]): Promise<void> {
    const found = await this.#file(file);
    if (!found || seen.has(file)) return;
    seen.add(file);
    parts.push(spelled, found.digest);
    for (const name of found.quoted) await this.#include(name, [dirname(file), ...this.#folders], seen, parts);
    for (const name of found.angled) await this.#include(name, this.#folders, seen, parts);
  }

  async #include(name: string, folders: readonly string[], seen: Set<string>, parts: string[]): Promise<void> {
    for (const folder of folders) {
      const file = join(folder, name);
      if (await this.#file(file)) return this.#visit(file, name, seen, parts);
    }
  }

  #file(path: string): Promise<File | undefined> {
    const known = this.#files.get(path) ?? readIncludes(path);
    this.#files.set(path, known);
    return known;
  }
}

async function readIncludes(path: string): Promise<File | undefined> {
  const text = await readFile(path, "latin1").catch(() => undefined);
  if (text === undefined) return undefined;
  const names = [...text.matchAll(INCLUDE)];
  const group = (index: number) => names.flatMap((match) => match[index] ?? []);
  return { digest: digestOf(text), quoted: group(1), angled: group(2) };
}
