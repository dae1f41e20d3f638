/**
 * Makes one comparison with thresholds of elementwise nodes in a row that end in a small code or a sign, where that is exactly
 * the same for every value that can come in, and cheaper.
 *
 *     a = affine(x) scale=1.5 bias=1.5 type=ap_ufixed<2,2,AP_RND,AP_SAT>     (x is ap_fixed<16,9>)
 *  -> a = quantize(x) thresholds=-85 0 86 (in 1/128)
 *
 * The whole domain is tried, channel by channel; the result must never fall.
 */

import type { DataType } from "../ir/data-type.ts";
import { maxRaw, numeric, smallestType } from "../ir/data-type.ts";
import { greatest, least } from "../ir/extremes.ts";
import type { Graph, Node, Stream } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Range } from "../ir/range.ts";
import { highest, lowest } from "../ir/range.ts";
import { quantize } from "../layers/quantize/index.ts";
import type { Chain } from "./chains.ts";
import { inputOfChain, rowsOf, tabulate } from "./chains.ts";
import { rangesOf } from "./ranges.ts";
import type { Replacement } from "./replace-chains.ts";
import { replaceChains } from "./replace-chains.ts";

/** Larger codes take more thresholds than arithmetic. */
const MOST_THRESHOLDS = 15n;
/** Values that are tried at most, over all channels. */
const MOST_VALUES = 2 ** 18;
/** Thresholds are kept in 32 bits. */
const MOST_RAW = 2n ** 30n;

export function thresholds(graph: Graph, registry: LayerRegistry): Graph {
  const ranges = rangesOf(graph, registry);
  return replaceChains(graph, registry, (chain) => thresholdsFor(graph, chain, ranges, registry));
}

function thresholdsFor(
  graph: Graph,
  chain: Chain,
  ranges: ReadonlyMap<string, Range>,
  registry: LayerRegistry,
): Replacement | undefined {
  const { type } = streamOf(graph, (chain.at(-1) as Node).name);
  const most = codesOf(type);
  if (most === 0n || most > MOST_THRESHOLDS) return undefined;
  const input = inputOfChain(chain);
  const range = ranges.get(input) as Range;
  const cuts = cutsOf(graph, chain, [lowest(range), highest(range)], registry);
  if (!cuts) return undefined;
  const cast = type.kind === "bipolar" ? { type } : ({ type, rounding: "AP_TRN", overflow: "AP_WRAP" } as const);
  const attributes = (tensor: string) => ({ thresholds: tensor, type: cast });
  return {
    kind: quantize.kind,
    suffix: "thresholds",
    parameter: parameterOf(cuts, streamOf(graph, input)),
    attributes,
  };
}

/** The highest code of a type: 1 for the two signs, 0 for what is no code. */
function codesOf(type: DataType): bigint {
  if (type.kind === "bipolar") return 1n;
  return type.signed || type.fraction !== 0 ? 0n : maxRaw(type);
}

/** For each row the smallest raws that reach the codes 1, 2, ...; undefined if the chain is no such function. */
function cutsOf(graph: Graph, chain: Chain, domain: readonly [bigint, bigint], registry: LayerRegistry) {
  const [low, high] = domain;
  const size = Number(high - low) + 1;
  if (low < -MOST_RAW || high > MOST_RAW || size * rowsOf(graph, chain, registry) > MOST_VALUES) return undefined;
  const table = tabulate(graph, chain, domain, registry);
  const codes = table.data as Float64Array;
  const sign = table.type.kind === "bipolar";
  const rows = Array.from({ length: table.shape[0] }, (_, row) =>
    risesOf(codes.subarray(row * size, (row + 1) * size), sign ? -1 : 0, sign ? 2 : 1),
  );
  const most = Math.max(...rows.map((rises) => rises?.length ?? 0));
  if (most === 0 || !rows.every((rises) => rises !== undefined)) return undefined;
  // A code that a channel never reaches gets a threshold above everything.
  return rows.map((rises) => Array.from({ length: most }, (_, code) => low + BigInt(rises[code] ?? size)));
}

/** For each code above the lowest one the first place that reaches it; undefined if the codes ever fall. */
function risesOf(codes: Float64Array, lowest: number, step: number): number[] | undefined {
  const rises: number[] = [];
  let last = lowest;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code < last) return undefined;
    for (; last < code; last += step) rises.push(i);
  }
  return rises;
}

function parameterOf(rows: readonly (readonly bigint[])[], { type }: Stream): Parameter {
  const raws = rows.flat();
  const [low, high] = [least(raws), greatest(raws)];
  const count = (rows[0] as readonly bigint[]).length;
  return {
    encoding: "fixed",
    shape: rows.length === 1 ? [count] : [rows.length, count],
    type: smallestType(low, high, numeric(type).fraction),
    data: Int32Array.from(raws, Number),
  };
}
