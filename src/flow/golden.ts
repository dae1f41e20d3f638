/** Vectors that the board is tested with: raw images, and what the reference makes of them, as numpy reads them. */
import { zipSync } from "fflate";
import { resultArray } from "../model/images.ts";
import { encodeNpy } from "../model/npy.ts";
import type { Results } from "./infer.ts";

type Batch = Pick<Results, "raws" | "stream">;

/** ZIP's first day; the time of now would make another file of the same vectors. */
const EPOCH = new Date(1980, 0, 1);

/** A .npz with `images` and `expected`. */
export function goldenFile(images: Batch, expected: Batch): Uint8Array {
  const npy = ({ raws, stream }: Batch) => encodeNpy(resultArray(raws, stream));
  return zipSync({ "images.npy": npy(images), "expected.npy": npy(expected) }, { mtime: EPOCH });
}
