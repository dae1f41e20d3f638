/** Arrays of inputs and outputs: images in, logits out. */
import { extname } from "node:path";
import type { Diagnostic } from "../diagnostics.ts";
import { brokenFile, DiagnosticError, missingArray, unknownFileType } from "../diagnostics.ts";
import { readBytesOf, writeAtomically } from "../files.ts";
import type { ArrayData } from "./array.ts";
import { FormatProblem } from "./array.ts";
import { nearest } from "./nearest.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { npzKeys, readNpz } from "./npz.ts";

/** Reads a .npy file, or the array `key` (the first, if none is named) of a .npz file. Rejects with a DiagnosticError. */
export async function readArray(file: string, key?: string): Promise<ArrayData> {
  const extension = extname(file);
  if (extension !== ".npy" && extension !== ".npz") throw problem(unknownFileType(file, file, ".npy or .npz"));
  const bytes = await readBytesOf(file);
  try {
    return extension === ".npy" ? decodeNpy(bytes) : readKey(bytes, file, key);
  } catch (error) {
    throw error instanceof FormatProblem ? problem(brokenFile(file, file, error.message)) : error;
  }
}

function readKey(bytes: Uint8Array, file: string, key: string | undefined): ArrayData {
  const keys = npzKeys(bytes);
  const wanted = key ?? keys[0] ?? "";
  const array = readNpz(bytes, wanted);
  if (array) return array;
  throw problem(missingArray(file, file, wanted, nearest(wanted, keys), keys));
}

const problem = (diagnostic: Diagnostic) => new DiagnosticError([diagnostic]);

/** Writes a .npy file, which is there only when it is complete. Rejects with a DiagnosticError. */
export function writeNpy(file: string, array: ArrayData): Promise<void> {
  return writeAtomically(file, [encodeNpy(array)]);
}
