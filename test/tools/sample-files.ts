/** Writes the files beside the sample model. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { encodeNpy } from "../../src/model/npy.ts";
import { encodeSafetensors } from "../../src/model/safetensors.ts";
import { SAMPLE_ARRAYS } from "./sample-model.ts";

export function writeSampleFiles(folder: string): void {
  const { gated, threshold } = SAMPLE_ARRAYS;
  writeFileSync(join(folder, "sample.npz"), zipSync({ "gated.npy": encodeNpy(gated) }));
  writeFileSync(
    join(folder, "sample.safetensors"),
    Buffer.concat(encodeSafetensors(new Map([["threshold", threshold]]))),
  );
}
