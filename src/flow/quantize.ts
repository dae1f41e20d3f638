/** From a float model to one of integers, and how far apart they are. */

import { numeric } from "../ir/data-type.ts";
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Choice } from "../quantize/binary-point.ts";
import { decibels } from "../quantize/binary-point.ts";
import { calibrate } from "../quantize/calibrate.ts";
import { readFloatModel } from "../quantize/float-model.ts";
import type { Bits } from "../quantize/tensors.ts";
import { runBatch } from "../reference/batch.ts";
import { classOf } from "./classes.ts";
import type { Images } from "./frames.ts";
import { takeFrames } from "./frames.ts";
import type { Watch } from "./watch.ts";

export type { Bits } from "../quantize/tensors.ts";

/** A type for a tensor, or for the results of nodes that share it. */
export interface NamedChoice extends Choice {
  readonly names: readonly string[];
}

export interface Quantization {
  readonly graph: Graph;
  readonly tensors: readonly NamedChoice[];
  readonly values: readonly NamedChoice[];
  /** How many the types were chosen and compared on. */
  readonly images: number;
  /** Of the output: signal to noise in decibels. */
  readonly snr: number;
  /** Of each image, by the float model and by the integers; absent where the output is no vector. */
  readonly classes?: { readonly float: readonly number[]; readonly integer: readonly number[] };
  /** The images' classes, where they are known. */
  readonly labels?: readonly number[] | undefined;
}

/** Rejects with a DiagnosticError. */
export async function quantizeGraph(model: string, from: Images, bits: Bits, watch: Watch): Promise<Quantization> {
  watch.progress?.("load");
  const float = await readFloatModel(model, bits);
  const { images, labels } = await takeFrames(float.graph, from);
  const { graph, values, outputs } = await calibrate(float, images, bits.activation, watch.progress);
  const onProgress = (done: number) => watch.progress?.("compare", done, images.length);
  const results = await runBatch(graph, images, { onProgress });
  const { shape, type } = streamOf(graph, graph.output);
  const step = 2 ** -numeric(type).fraction;
  const raws = results.map(({ output }) => Float64Array.from(output, (raw: number | bigint) => Number(raw) * step));
  const isVector = shape[1] * shape[2] === 1;
  return {
    graph,
    tensors: [...float.tensors].map(([name, choice]) => ({ names: [name], ...choice })),
    values: [...values].map(([names, choice]) => ({ names, ...choice })),
    images: images.length,
    labels,
    snr: snrOf(outputs, raws),
    ...(isVector && {
      classes: { float: outputs.map(classOf), integer: results.map(({ output }) => classOf(output)) },
    }),
  };
}

function snrOf(wanted: readonly Float64Array[], found: readonly Float64Array[]): number {
  let [signal, noise] = [0, 0];
  for (const [i, values] of wanted.entries())
    for (const [k, value] of values.entries()) {
      signal += value ** 2;
      noise += (value - (found[i]?.[k] as number)) ** 2;
    }
  return decibels(signal, noise);
}
