/** What a random graph is made from: independent small choices, each of which shrinks by itself. */
import fc from "fast-check";
import type { Cast, FixedCast } from "../../src/ir/cast.ts";
import { OVERFLOWS, ROUNDINGS } from "../../src/ir/cast.ts";
import type { FixedType } from "../../src/ir/data-type.ts";
import { BIPOLAR, fixed } from "../../src/ir/data-type.ts";
import { ENCODINGS } from "../../src/ir/parameter.ts";
import { layers } from "../../src/layers/index.ts";

/** Mostly narrow, now and then up to 64 bits; the point may lie outside of the word. */
const width = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.integer({ min: 1, max: 64 }));

export const fixedType: fc.Arbitrary<FixedType> = fc
  .tuple(fc.boolean(), width, fc.integer({ min: 0, max: 8 }), fc.integer({ min: -4, max: 4 }))
  .map(([signed, bits, part, beyond]) => fixed(signed, bits, Math.round((bits * part) / 8) + (part % 4 ? 0 : beyond)));

const fixedCast: fc.Arbitrary<FixedCast> = fc.record({
  type: fixedType,
  rounding: fc.constantFrom(...ROUNDINGS),
  overflow: fc.constantFrom(...OVERFLOWS),
});

const anyCast: fc.Arbitrary<Cast> = fc.oneof({ weight: 9, arbitrary: fixedCast }, fc.constant<Cast>({ type: BIPOLAR }));

const pair = (most: number) => fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }));
const recent = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(5));

export const gene = fc.record({
  kind: fc.constantFrom(...layers.keys()),
  /** How far back its inputs stand. */
  from: recent,
  other: recent,
  type: fc.option(anyCast, { nil: undefined }),
  cast: fixedCast,
  accumulator: fc.option(fixedCast, { nil: undefined }),
  kernel: pair(3),
  stride: pair(2),
  padding: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)),
  /** A constant in padded taps instead of none. */
  paddingValue: fc.option(fc.nat(7), { nil: undefined }),
  groups: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 4 }),
  count: fc.integer({ min: 1, max: 5 }),
  rounding: fc.constantFrom(...ROUNDINGS),
  encoding: fc.constantFrom(...ENCODINGS),
  weightType: fixedType,
  biasType: fc.option(fixedType, { nil: undefined }),
  /** One value for all channels. */
  shared: fc.boolean(),
  seed: fc.nat(1_000_000),
});

type Unwrap<T> = T extends fc.Arbitrary<infer V> ? V : never;
export type Gene = Unwrap<typeof gene>;
