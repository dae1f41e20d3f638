/** Results as files. */
import { resultArray } from "../model/images.ts";
import { writeNpy } from "../model/read-array.ts";
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
