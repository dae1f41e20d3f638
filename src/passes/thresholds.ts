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
import type { Graph, Node, Stream } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Range } from "../ir/range.ts";
import { highest, lowest } from "../ir/range.ts";
import { quantize } from "../layers/quantize/index.ts";
import type { Chain } from "./chains.ts";
import { chainsOf, onlyInput, rowsOf, tabulate } from "./chains.ts";
import { prune } from "./prune.ts";
import { rangesOf } from "./ranges.ts";
import { hardwareOf } from "./unit.ts";

/** Larger codes take more thresholds than arithmetic. */
const MOST_THRESHOLDS = 15n;
/** Values that are tried at most, over all channels. */
const MOST_VALUES = 2 ** 18;
/** Thresholds are kept in 32 bits. */
const MOST_RAW = 2n ** 30n;

export function thresholds(graph: Graph, registry: LayerRegistry): Graph {
  const ranges = rangesOf(graph, registry);
  const chains = chainsOf(graph, registry);
  let current = graph;
  // From the end, so that the longest chain is tried before its parts.
  for (const node of graph.nodes.toReversed()) {
    const chain = chains.get(node.name);
    if (chain && current.nodes.includes(node)) current = replaced(current, chain, ranges, registry);
  }
  return current === graph ? graph : prune(current, registry);
}

/** The graph with the longest end of the chain replaced that can be; as it was if none can. */
function replaced(graph: Graph, chain: Chain, ranges: ReadonlyMap<string, Range>, registry: LayerRegistry): Graph {
  const most = codesOf(streamOf(graph, (chain.at(-1) as Node).name).type);
  if (most === 0n || most > MOST_THRESHOLDS) return graph;
  for (let start = 0; start < chain.length; start++) {
    const part = chain.slice(start);
    const range = ranges.get(onlyInput(part[0] as Node) as string) as Range;
    const cuts = cutsOf(graph, part, [lowest(range), highest(range)], registry);
    const changed = cuts && withThresholds(graph, part, cuts);
    if (changed && isCheaper(graph, part, changed, registry)) return changed;
  }
  return graph;
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

function withThresholds(graph: Graph, chain: Chain, rows: readonly (readonly bigint[])[]): Graph {
  const last = chain.at(-1) as Node;
  const input = onlyInput(chain[0] as Node) as string;
  const { type } = streamOf(graph, last.name) as Stream;
  const tensor = freeName(graph, `${last.name}_thresholds`);
  const parameters = new Map([...graph.parameters, [tensor, parameterOf(rows, streamOf(graph, input))] as const]);
  const cast = type.kind === "bipolar" ? { type } : ({ type, rounding: "AP_TRN", overflow: "AP_WRAP" } as const);
  const { kind } = quantize;
  const node: Node = { kind, name: last.name, inputs: [input], attributes: { thresholds: tensor, type: cast } };
  const gone = new Set<Node>(chain.slice(0, -1));
  const nodes = graph.nodes.filter((other) => !gone.has(other)).map((other) => (other === last ? node : other));
  const dropped = new Set([...gone].map(({ name }) => name));
  const streams = new Map([...graph.streams].filter(([name]) => !dropped.has(name)));
  return { ...graph, nodes, parameters, streams };
}

function parameterOf(rows: readonly (readonly bigint[])[], { type }: Stream): Parameter {
  const raws = rows.flat();
  const [low, high] = [raws.reduce((a, b) => (b < a ? b : a)), raws.reduce((a, b) => (b > a ? b : a))];
  const count = (rows[0] as readonly bigint[]).length;
  return {
    encoding: "fixed",
    shape: rows.length === 1 ? [count] : [rows.length, count],
    type: smallestType(low, high, numeric(type).fraction),
    data: Int32Array.from(raws, Number),
  };
}

function freeName(graph: Graph, base: string): string {
  let name = base;
  for (let i = 2; graph.parameters.has(name); i++) name = `${base}_${i}`;
  return name;
}

/** By the LUTs of the smallest stage. */
function isCheaper(graph: Graph, chain: Chain, changed: Graph, registry: LayerRegistry): boolean {
  const last = chain.at(-1) as Node;
  const node = changed.nodes.find(({ name }) => name === last.name) as Node;
  return lutOf(changed, [node], registry) < lutOf(graph, chain, registry);
}

function lutOf(graph: Graph, nodes: Chain, registry: LayerRegistry): number {
  const { name } = nodes.at(-1) as Node;
  const hardware = hardwareOf(graph, registry, { name, nodes, inputs: [onlyInput(nodes[0] as Node) as string] });
  const [smallest] = hardware.foldings;
  return smallest ? hardware.cost(smallest).lut : 0;
}
