/** The driver of a build, with the vectors for its self-test: raw images, and what the reference makes of them. */
import { basename, dirname } from "node:path";
import { zipSync } from "fflate";
import type { DriverOptions } from "../codegen/driver/index.ts";
import { generateDriver } from "../codegen/driver/index.ts";
import { streamOf } from "../ir/graph.ts";
import type { ScheduledGraph } from "../ir/schedule.ts";
import type { Raws } from "../ir/tensor.ts";
import { resultArray } from "../model/images.ts";
import { encodeNpy } from "../model/npy.ts";
import { VIVADO_PRODUCTS } from "../vivado/vivado-steps.ts";

export interface Vectors {
  readonly images: readonly Raws[];
  readonly outputs: readonly Raws[];
}

/** The build leaves the bitstream beside the driver. */
export const DRIVER_FOLDER = dirname(VIVADO_PRODUCTS.bitstream);

/** ZIP's first day; the time of now would make another file of the same vectors. */
const EPOCH = new Date(1980, 0, 1);

export function driverFiles(
  scheduled: ScheduledGraph,
  options: Omit<DriverOptions, "bitstream">,
  vectors: Vectors,
): Map<string, string | Uint8Array> {
  const driver = generateDriver(scheduled, { ...options, bitstream: basename(VIVADO_PRODUCTS.bitstream) });
  return new Map<string, string | Uint8Array>([
    ...[...driver].map(([path, text]) => [`${DRIVER_FOLDER}/${path}`, text] as const),
    [`${DRIVER_FOLDER}/golden.npz`, goldenFile(scheduled, vectors)],
  ]);
}

function goldenFile({ graph }: ScheduledGraph, { images, outputs }: Vectors): Uint8Array {
  const arrays = {
    "images.npy": encodeNpy(resultArray(images, graph.input)),
    "expected.npy": encodeNpy(resultArray(outputs, streamOf(graph, graph.output))),
  };
  return zipSync(arrays, { mtime: EPOCH });
}
