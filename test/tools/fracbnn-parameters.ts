/** Parameters for writeFracbnnHeaders: the released ones where ../shared is there, random ones everywhere. */
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { STAGES } from "../../src/model/importers/fracbnn-stages.ts";
import { npzKeys, readNpz } from "../../src/model/npz.ts";
import { packageFile } from "../../src/package-root.ts";

export const SHARED = pathToFileURL(packageFile("../shared/fracnet/"));
export const hasShared = existsSync(new URL("params.npz", SHARED));

/** All arrays of a file of ../shared/fracnet whose names begin with `prefix`, by the rest of their names. */
export function sharedArrays(file: string, prefix = ""): Map<string, ArrayLike<number>> {
  const bytes = readFileSync(new URL(file, SHARED));
  const keys = npzKeys(bytes).filter((key) => key.startsWith(prefix));
  return new Map(keys.map((key) => [key.slice(prefix.length), readNpz(bytes, key)?.data as ArrayLike<number>]));
}

/** Parameters of the network's shapes; a linear congruential generator gives the same ones for the same seed. */
export function randomParameters(seed: number): Map<string, number[]> {
  let state = seed >>> 0;
  const random = (low: number, high: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + Math.floor((state / 2 ** 32) * (high - low + 1));
  };
  const many = (count: number, low: number, high: number) => Array.from({ length: count }, () => random(low, high));
  const parameters = new Map([["conv1.weight", many(16 * 96 * 9, 0, 1)]]);
  for (const name of ["bn1.scale", "bn1.bias"]) parameters.set(name, many(16, -2048, 2047));
  for (const { tensors, inputs, outputs } of STAGES) {
    parameters.set(`${tensors}.weight`, many(outputs * inputs * 9, 0, 1));
    for (const name of [
      "threshold",
      "bn_a.scale",
      "bn_a.bias",
      "shift_x",
      "slope",
      "shift_y",
      "bn_b.scale",
      "bn_b.bias",
    ])
      parameters.set(`${tensors}.${name}`, many(outputs, -2048, 2047));
  }
  parameters.set("linear.weight", many(640, -2048, 2047));
  parameters.set("linear.bias", many(10, -2048, 2047));
  return parameters;
}
