/** The files of weights beside a model: each is opened once, and its arrays are read one by one. */
import { extname, relative, resolve, sep } from "node:path";
import { isAbsolute } from "node:path/posix";
import type { Diagnostic } from "../diagnostics.ts";
import {
  arrayShape,
  arrayType,
  brokenFile,
  DiagnosticError,
  missingArray,
  outsideFolder,
  unknownFileType,
} from "../diagnostics.ts";
import { openFile, readBytesOf } from "../files.ts";
import type { Report } from "../ir/layer.ts";
import type { ArrayData } from "./array.ts";
import { FormatProblem, isInteger } from "./array.ts";
import { nearest } from "./nearest.ts";
import { npzKeys, readNpz } from "./npz.ts";
import { openSafetensors } from "./safetensors.ts";
import type { SidecarReference } from "./schema.ts";

interface OpenSidecar {
  readonly keys: readonly string[];
  read(key: string): Promise<ArrayData | undefined>;
  close(): Promise<void>;
}

type Open = (file: string, path: string) => Promise<OpenSidecar>;

const FORMATS: Readonly<Record<string, Open>> = {
  ".safetensors": async (file, path) => {
    const handle = await openFile(file, path);
    const close = () => handle.close();
    try {
      return { ...(await openSafetensors(handle)), close };
    } catch (error) {
      await close();
      throw error;
    }
  },
  ".npz": async (file, path) => {
    const bytes = await readBytesOf(file, path);
    return { keys: npzKeys(bytes), read: async (key) => readNpz(bytes, key), close: async () => undefined };
  },
};

export class Sidecars {
  readonly #folder: string;
  /** Undefined for a file that could not be opened: it is reported once, not for each of its arrays. */
  readonly #open = new Map<string, OpenSidecar | undefined>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The array that a tensor at `path` refers to; undefined if there is none of that shape, which is reported. */
  async read(
    { file, key }: SidecarReference,
    shape: readonly number[],
    wanted: "integers" | "numbers",
    path: string,
    report: Report,
  ): Promise<ArrayData | undefined> {
    const place = `${path}.data`;
    return this.#reporting(file, place, report, async () => {
      const sidecar = await this.#sidecar(file, `${place}.file`);
      const array = await sidecar?.read(key);
      if (!sidecar) return undefined;
      const problem = array ? mismatch(array, shape, wanted, place) : missing(sidecar, file, key, place);
      if (problem) report(problem);
      return problem ? undefined : array;
    });
  }

  async close(): Promise<void> {
    for (const sidecar of this.#open.values()) await sidecar?.close();
  }

  async #sidecar(file: string, path: string): Promise<OpenSidecar | undefined> {
    if (this.#open.has(file)) return this.#open.get(file);
    this.#open.set(file, undefined);
    const full = resolve(this.#folder, file);
    if (leaves(this.#folder, full) || isAbsolute(file) || file.includes("\\"))
      throw new DiagnosticError([outsideFolder(path, file)]);
    const open = FORMATS[extname(file)];
    if (!open) throw new DiagnosticError([unknownFileType(path, file, Object.keys(FORMATS).join(" or "))]);
    const sidecar = await open(full, path);
    this.#open.set(file, sidecar);
    return sidecar;
  }

  async #reporting<T>(file: string, path: string, report: Report, operation: () => Promise<T>): Promise<T | undefined> {
    try {
      return await operation();
    } catch (error) {
      if (error instanceof DiagnosticError) for (const diagnostic of error.diagnostics) report(diagnostic);
      else if (error instanceof FormatProblem) report(brokenFile(path, file, error.message));
      else throw error;
      return undefined;
    }
  }
}

function leaves(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way === ".." || way.startsWith(`..${sep}`);
}

function mismatch(array: ArrayData, shape: readonly number[], wanted: string, path: string): Diagnostic | undefined {
  if (wanted === "integers" && !isInteger(array)) return arrayType(path, array.dtype, wanted);
  const same = array.shape.length === shape.length && shape.every((size, axis) => size === array.shape[axis]);
  return same ? undefined : arrayShape(path, array.shape, shape);
}

const missing = ({ keys }: OpenSidecar, file: string, key: string, path: string): Diagnostic =>
  missingArray(`${path}.key`, file, key, nearest(key, keys), keys);
