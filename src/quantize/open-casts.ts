/**
 * Finds the values of a float model that need a type:
 *
 *     conv2d -> affine -> relu -> conv2d    the relu's result: what lies between is exact, and rounded once
 *     conv2d -> conv2d                      the sum's: it is cast by a quantize node, which is added
 *     concat(a, b) -> conv2d                a's and b's: one type for both
 */
import { noRealMeaning } from "../diagnostics.ts";
import type { FixedCast } from "../ir/cast.ts";
import type { Node, UntypedGraph } from "../ir/graph.ts";
import { consumers } from "../ir/graph.ts";
import { layerOf } from "../ir/infer.ts";
import type { LayerRegistry, Report } from "../ir/layer.ts";
import type { ResultType } from "../ir/real.ts";
import type { PathOf } from "../model/load.ts";

/** Nodes whose results share a type. */
export type Group = readonly string[];

/** Reports the nodes that mean nothing on real numbers. */
export function checkReal(graph: UntypedGraph, registry: LayerRegistry, report: Report, pathOf: PathOf): void {
  for (const node of graph.nodes)
    if (!layerOf(registry, node).real) report(noRealMeaning(`${pathOf(node)}.kind`, node.kind));
}

export function openCasts(graph: UntypedGraph, registry: LayerRegistry): { graph: UntypedGraph; groups: Group[] } {
  const complete = castSums(graph, registry);
  return { graph: complete, groups: groupsOf(complete, registry) };
}

/** The graph with these types in its open casts. */
export function withTypes(graph: UntypedGraph, casts: ReadonlyMap<string, FixedCast>): UntypedGraph {
  const nodes = graph.nodes.map((node) => {
    const type = casts.get(node.name);
    return type ? Object.freeze({ ...node, attributes: Object.freeze({ ...node.attributes, type }) }) : node;
  });
  return { ...graph, nodes };
}

/** Puts a quantize node behind every sum that something wants with fewer bits. */
function castSums(graph: UntypedGraph, registry: LayerRegistry): UntypedGraph {
  const narrow = narrowValues(graph, registry);
  const taken = new Set([graph.name, graph.input.name, ...graph.nodes.map(({ name }) => name)]);
  const casts = new Map<string, string>();
  const nodes = graph.nodes.flatMap((node) => {
    const wanted = readsNarrow(node, registry, narrow);
    const inputs = wanted ? node.inputs.map((input) => casts.get(input) ?? input) : node.inputs;
    const kept = Object.freeze({ ...node, inputs: Object.freeze(inputs) });
    if (resultType(node, registry) !== "exact" || !narrow.has(node.name)) return [kept];
    const name = freshName(`${node.name}_quantized`, taken);
    casts.set(node.name, name);
    return [kept, Object.freeze({ kind: "quantize", name, inputs: Object.freeze([node.name]), attributes: {} })];
  });
  return { ...graph, nodes };
}

function groupsOf(graph: UntypedGraph, registry: LayerRegistry): Group[] {
  const narrow = narrowValues(graph, registry);
  const sources = new Map<string, readonly string[]>([[graph.input.name, []]]);
  const groups = new Map<string, Group>();
  for (const node of graph.nodes) {
    const type = resultType(node, registry);
    const needed = narrow.has(node.name) || layerOf(registry, node).real?.attributes !== undefined;
    if (type === "open" && needed) groups.set(node.name, [node.name]);
    const own = type === "open" && needed ? [node.name] : [];
    sources.set(node.name, type === "same" ? node.inputs.flatMap((input) => sources.get(input) ?? []) : own);
    if (type !== "same") continue;
    const joined = new Set(sources.get(node.name)?.flatMap((source) => groups.get(source) ?? []));
    for (const source of joined) groups.set(source, [...joined]);
  }
  return [...new Map([...groups.values()].map((group) => [group.join(), group])).values()];
}

/** The values that something reads with few bits only. */
function narrowValues(graph: UntypedGraph, registry: LayerRegistry): ReadonlySet<string> {
  const readers = consumers(graph);
  const narrow = new Set<string>();
  for (const { name } of [...graph.nodes].reverse())
    if (readers.get(name)?.some((reader) => readsNarrow(reader, registry, narrow))) narrow.add(name);
  return narrow;
}

function readsNarrow(reader: Node, registry: LayerRegistry, narrow: ReadonlySet<string>): boolean {
  const passes = resultType(reader, registry) === "same" && narrow.has(reader.name);
  return passes || layerOf(registry, reader).real?.readsExact !== true;
}

const resultType = (node: Node, registry: LayerRegistry): ResultType =>
  layerOf(registry, node).real?.resultType(node.attributes) ?? "given";

function freshName(base: string, taken: Set<string>): string {
  let name = base;
  for (let i = 2; taken.has(name); i++) name = `${base}_${i}`;
  taken.add(name);
  return name;
}
