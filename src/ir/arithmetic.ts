/**
 * The operations in which an elementwise layer states its formula, once. The formula is then run over tensors (its meaning),
 * over ranges (its type, and what can be narrowed) and in the back ends' own terms.
 */
import type { Cast } from "./cast.ts";
import type { Parameter } from "./parameter.ts";

export interface Arithmetic<V> {
  /** A per-channel parameter. */
  parameter(parameter: Parameter): V;
  /** One number, raw * 2^-fraction. */
  constant(raw: bigint, fraction: number): V;
  add(a: V, b: V): V;
  multiply(a: V, b: V): V;
  /** Each element x by one of two formulas, by its sign. */
  ifNegative(x: V, negative: (x: V) => V, otherwise: (x: V) => V): V;
  /** How many of the channel's ascending thresholds (N each) are <= x. */
  countThresholds(x: V, thresholds: Parameter): V;
  /** The entry for x in the channel's row (N each): the first one stands for the raw `low` of x. */
  lookup(x: V, table: Parameter, low: bigint): V;
  /** Without a cast, x itself. */
  cast(x: V, cast: Cast | undefined): V;
}
