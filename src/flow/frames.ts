/** The images that a run begins with. */
import { DiagnosticError, labelsOfMap } from "../diagnostics.ts";
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import { readImages, readLabels } from "../model/images.ts";
import { randomImages } from "../reference/random-images.ts";
import type { EquivalenceReport } from "../report/equivalence-report.ts";

/** Those of a file (all of them, if `frames` does not say less), or random ones. */
export type Images =
  | {
      readonly file: string;
      readonly key?: string | undefined;
      readonly frames?: number | undefined;
      /** Their classes. */
      readonly labels?: { readonly file: string; readonly key: string } | undefined;
    }
  | { readonly seed: number; readonly frames: number };

export interface Frames {
  readonly images: readonly Raws[];
  /** A class for each image, where they are asked for. */
  readonly labels?: readonly number[] | undefined;
  /** For the report. */
  readonly source: EquivalenceReport["inputs"];
}

export async function takeFrames(graph: Graph, images: Images): Promise<Frames> {
  const { input } = graph;
  if ("seed" in images) {
    const { seed, frames } = images;
    return { images: randomImages(input, frames, seed), source: { kind: "random", seed } };
  }
  const { file, key, frames, labels } = images;
  const taken = (await readImages(file, key, input)).slice(0, frames);
  return {
    images: taken,
    labels: labels && (await readLabels(labels.file, labels.key, taken.length, classesOf(graph, labels.file))),
    source: { kind: "file", file, key: key ?? null },
  };
}

/** How many the scores of a vector are; a single number may be any class, and a map is none. */
function classesOf(graph: Graph, file: string): number {
  const { shape } = streamOf(graph, graph.output);
  const [channels, height, width] = shape;
  if (height * width > 1) throw new DiagnosticError([labelsOfMap(file, shape)]);
  return channels > 1 ? channels : Number.POSITIVE_INFINITY;
}
