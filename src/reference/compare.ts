/** Compares what a simulation gave with what the reference executor gave, value by value. */
import type { Stream } from "../ir/graph.ts";
import type { Raws, Shape } from "../ir/tensor.ts";

export interface Difference {
  readonly frame: number;
  /** Channel, row, column. */
  readonly index: Shape;
  readonly expected: bigint;
  readonly actual: bigint;
}

/** One stream over all frames. */
export interface Comparison {
  readonly name: string;
  readonly compared: number;
  readonly differing: number;
  readonly first?: Difference;
}

/** Both lists have one entry for each frame; `firstFrame` is the number of their first one. */
export function compareStream(
  name: string,
  { shape }: Stream,
  expected: readonly Raws[],
  actual: readonly Raws[],
  firstFrame = 0,
): Comparison {
  let compared = 0;
  let differing = 0;
  let first: Difference | undefined;
  for (const [i, wanted] of expected.entries()) {
    const frame = firstFrame + i;
    const found = actual[i] as Raws;
    compared += wanted.length;
    for (let at = 0; at < wanted.length; at++) {
      if (same(wanted[at], found[at])) continue;
      differing++;
      first ??= { frame, index: indexOf(at, shape), expected: integer(wanted[at]), actual: integer(found[at]) };
    }
  }
  return { name, compared, differing, ...(first && { first }) };
}

/** Of the same stream over other frames. */
export function joinComparisons(a: Comparison, b: Comparison): Comparison {
  const [early, late] = (a.first?.frame ?? 0) <= (b.first?.frame ?? 0) ? [a, b] : [b, a];
  const first = early.first ?? late.first;
  return {
    name: a.name,
    compared: a.compared + b.compared,
    differing: a.differing + b.differing,
    ...(first && { first }),
  };
}

type Raw = number | bigint | undefined;

const integer = (raw: Raw): bigint => BigInt(raw as number | bigint);

/** Doubles and bigints may meet: which of them holds a stream depends on its width, and passes narrow streams. */
const same = (a: Raw, b: Raw): boolean => a === b || (typeof a !== typeof b && integer(a) === integer(b));

function indexOf(at: number, [, height, width]: Shape): Shape {
  const row = Math.floor(at / width);
  return [Math.floor(row / height), row % height, at % width];
}
