/** Inputs to compare with when the user has none: the same for the same seed, everywhere. */
import type { DataType } from "../ir/data-type.ts";
import { bitWidth, maxRaw, minRaw } from "../ir/data-type.ts";
import type { Stream } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import { elements, storeRaws } from "../ir/tensor.ts";

/** Noise over the whole range of the type, and over small parts of it: both large and small values reach every layer. */
export function randomImages({ shape, type }: Stream, count: number, seed: number): Raws[] {
  const random = splitMix(seed);
  return Array.from({ length: count }, (_, image) => {
    const kept = bitWidth(type) - (image % Math.min(4, bitWidth(type)));
    return storeRaws([Array.from({ length: elements(shape) }, () => randomRaw(type, kept, random))], type);
  });
}

/** A raw that only its `kept` low bits (and its sign) vary of. */
function randomRaw(type: DataType, kept: number, random: () => bigint): bigint {
  const word = random();
  if (type.kind === "bipolar") return word & 1n ? maxRaw(type) : minRaw(type);
  return type.signed ? BigInt.asIntN(kept, word) : BigInt.asUintN(kept, word);
}

/** SplitMix64 (Steele, Lea and Flood, 2014). */
function splitMix(seed: number): () => bigint {
  let state = BigInt.asUintN(64, BigInt(seed));
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
}
