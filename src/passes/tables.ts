/**
 * Makes one lookup in a table of elementwise nodes in a row whose input has few values, where that is cheaper.
 *
 *     a = affine(x) scale=s bias=b type=ap_fixed<8,4,AP_RND>     (x is ap_uint<2>)
 *     b = prelu(a) slope=p type=ap_fixed<8,4,AP_RND>
 *  -> b = lookup(x) table=-3 2 7 12 (in 1/16) low=0
 *
 * The table holds what the nodes make of every value that the input's type has, channel by channel.
 */
import { maxRaw, minRaw, numeric } from "../ir/data-type.ts";
import type { Graph, Node } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Tensor } from "../ir/tensor.ts";
import { lookup } from "../layers/lookup/index.ts";
import type { Chain } from "./chains.ts";
import { inputOfChain, rowsOf, tabulate } from "./chains.ts";
import type { Replacement } from "./replace-chains.ts";
import { replaceChains } from "./replace-chains.ts";

/** Entries of a table over all channels; more take block RAM. */
const MOST_ENTRIES = 4096n;
/** Entries are kept in 32 bits. */
const MOST_BITS = 31;

export function tables(graph: Graph, registry: LayerRegistry): Graph {
  return replaceChains(graph, registry, (chain) => tableFor(graph, chain, registry));
}

function tableFor(graph: Graph, chain: Chain, registry: LayerRegistry): Replacement | undefined {
  const last = chain.at(-1) as Node;
  const { type } = streamOf(graph, inputOfChain(chain));
  const output = streamOf(graph, last.name).type;
  const [low, high] = [minRaw(type), maxRaw(type)];
  const entries = (high - low + 1n) * BigInt(rowsOf(graph, chain, registry));
  if (entries > MOST_ENTRIES || numeric(output).width > MOST_BITS) return undefined;
  const parameter = parameterOf(tabulate(graph, chain, [low, high], registry));
  const cast =
    output.kind === "bipolar" ? { type: output } : ({ type: output, rounding: "AP_TRN", overflow: "AP_WRAP" } as const);
  const attributes = (table: string) => ({ table, low: Number(low), type: cast });
  return { kind: lookup.kind, suffix: "table", parameter, attributes };
}

function parameterOf({ type, shape: [rows, , count], data }: Tensor): Parameter {
  const shape = rows === 1 ? [count] : [rows, count];
  return { encoding: "fixed", shape, type: numeric(type), data: Int32Array.from(data as Float64Array) };
}
