/** Reproducible arbitrary numbers and tensors from a seed. */
import type { FixedType } from "../../src/ir/data-type.ts";
import { BIPOLAR, maxRaw, minRaw, signedInteger } from "../../src/ir/data-type.ts";
import type { Encoding, IntegerArray, Parameter } from "../../src/ir/parameter.ts";

/** mulberry32. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** 0 to below - 1. */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  bits(count: number): bigint {
    let value = 0n;
    for (let i = 0; i < count; i += 16) value = (value << 16n) | BigInt(this.below(65536));
    return BigInt.asUintN(count, value);
  }

  /** A raw of the type: anything, a bound, or something small, so that both carries and saturations come about. */
  raw(type: FixedType): bigint {
    const full = this.bits(type.width);
    const raw = type.signed ? BigInt.asIntN(type.width, full) : full;
    const choice = this.below(8);
    if (choice === 0) return minRaw(type);
    if (choice === 1) return maxRaw(type);
    return choice < 5 ? raw >> BigInt(this.below(type.width + 1)) : raw;
  }
}

export interface TensorPlan {
  readonly encoding: Encoding;
  readonly type: FixedType;
  /** Most terms of a k-hot element, or entries of a codebook. */
  readonly terms: number;
  readonly seed: number;
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export function randomTensor(shape: readonly number[], { encoding, type, terms, seed }: TensorPlan): Parameter {
  const random = new Random(seed);
  const fill = (next: () => number) => Array.from({ length: product(shape) }, next);
  switch (encoding) {
    case "bipolar":
      return { encoding, shape, type: BIPOLAR, data: Uint8Array.from(fill(() => random.below(2))) };
    case "ternary":
      return { encoding, shape, type: signedInteger(2), data: Int8Array.from(fill(() => random.below(3) - 1)) };
    case "codebook": {
      const table = Array.from({ length: terms + 1 }, () => random.raw(type));
      return { encoding, shape, type, data: Uint8Array.from(fill(() => random.below(table.length))), table };
    }
    case "k-hot": {
      const digits = type.signed ? "signed" : "unsigned";
      const raws = Array.from({ length: product(shape) }, () => sumOfPowers(random, type, terms));
      return { encoding, shape, type, data: integers(raws, type), terms, digits };
    }
    case "fixed":
      return fixedTensor(
        shape,
        type,
        Array.from({ length: product(shape) }, () => random.raw(type)),
      );
  }
}

export const fixedTensor = (shape: readonly number[], type: FixedType, raws: readonly bigint[]): Parameter => ({
  encoding: "fixed",
  shape,
  type,
  data: integers(raws, type),
});

function sumOfPowers(random: Random, type: FixedType, terms: number): bigint {
  let sum = 0n;
  for (let term = random.below(terms + 1); term > 0; term--) {
    const power = 1n << BigInt(random.below(type.width));
    const next = sum + (type.signed && random.below(2) ? -power : power);
    if (next >= minRaw(type) && next <= maxRaw(type)) sum = next;
  }
  return sum;
}

function integers(raws: readonly bigint[], { signed, width }: FixedType): IntegerArray {
  if (width > 32) return signed ? BigInt64Array.from(raws) : BigUint64Array.from(raws);
  return signed ? Int32Array.from(raws, Number) : Uint32Array.from(raws, Number);
}

export const sorted = (raws: readonly bigint[]): bigint[] => [...raws].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
