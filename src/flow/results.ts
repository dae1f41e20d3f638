/** Results and labels as files. */
import { DiagnosticError, inputsType, labelsShape } from "../diagnostics.ts";
import { isInteger } from "../model/array.ts";
import { resultArray } from "../model/images.ts";
import { readArray, writeNpy } from "../model/read-array.ts";
import type { Inference, Results } from "./infer.ts";

export const saveResults = (file: string, { raws, stream }: Pick<Results, "raws" | "stream">): Promise<void> =>
  writeNpy(file, resultArray(raws, stream));

/** The output goes to `file`, each tap beside it. Returns the files. */
export async function saveInference(file: string, { output, taps }: Inference): Promise<string[]> {
  const stem = file.replace(/\.npy$/, "");
  const files = [[file, output] as const, ...taps.map((tap) => [`${stem}.${tap.name}.npy`, tap] as const)];
  for (const [path, results] of files) await saveResults(path, results);
  return files.map(([path]) => path);
}

/** One class for each of the first `images` images; `key` is the array of a .npz file. */
export async function readLabels(file: string, key: string, images: number): Promise<number[]> {
  const array = await readArray(file, key);
  if (!isInteger(array)) throw new DiagnosticError([inputsType(file, array.dtype)]);
  if (array.shape.length !== 1 || array.data.length < images)
    throw new DiagnosticError([labelsShape(file, array.shape, images)]);
  return Array.from(array.data.subarray(0, images), Number);
}
