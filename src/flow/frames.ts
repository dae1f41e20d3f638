/** The images that a run begins with. */
import type { Graph } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import { readImages } from "../model/images.ts";
import { randomImages } from "../reference/random-images.ts";
import type { EquivalenceReport } from "../report/equivalence-report.ts";

/** Those of a file (all of them, if `frames` does not say less), or random ones. */
export type Images =
  | { readonly file: string; readonly key?: string | undefined; readonly frames?: number | undefined }
  | { readonly seed: number; readonly frames: number };

export interface Frames {
  readonly images: readonly Raws[];
  /** For the report. */
  readonly source: EquivalenceReport["inputs"];
}

export async function takeFrames({ input }: Graph, images: Images): Promise<Frames> {
  if ("seed" in images) {
    const { seed, frames } = images;
    return { images: randomImages(input, frames, seed), source: { kind: "random", seed } };
  }
  const { file, key, frames } = images;
  const all = await readImages(file, key, input);
  return { images: all.slice(0, frames), source: { kind: "file", file, key: key ?? null } };
}
