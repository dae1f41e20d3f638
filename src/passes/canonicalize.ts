/**
 * Drops what changes nothing: casts to a type whose values they all are, scales of 1 with biases of 0, added zeros, rectifiers of what
 * is never negative; nodes that compute the same from the same; what the output does not depend on, and its tensors.
 *
 *     a = quantize(x) type=ap_int<8>: ap_int<8>        (x is ap_int<8>)
 *     b = relu(a): ap_uint<7>
 *     c = relu(x): ap_uint<7>                     ->   b = relu(x): ap_uint<7>
 *     d = add(b, c): ap_uint<8>                        d = add(b, b): ap_uint<8>
 *
 * What remains keeps its name, and the output node always remains.
 */
import { z } from "zod";
import type { Graph, Node } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import { contextOf, layerOf } from "../ir/infer.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import { passedThrough } from "./identity.ts";
import { prune } from "./prune.ts";

export function canonicalize(graph: Graph, registry: LayerRegistry): Graph {
  const standIns = new Map<string, string>();
  const known = new Map<string, string>();
  const nodes: Node[] = [];
  for (const original of graph.nodes) {
    const node = { ...original, inputs: original.inputs.map((input) => standIns.get(input) ?? input) };
    const fingerprint = fingerprintOf(node, registry);
    const standIn = inputThatLeaves(graph, node, registry) ?? known.get(fingerprint);
    if (standIn !== undefined && node.name !== graph.output) standIns.set(node.name, standIn);
    else nodes.push(Object.freeze(node));
    if (standIn === undefined) known.set(fingerprint, node.name);
  }
  return prune({ ...graph, nodes }, registry);
}

function inputThatLeaves(graph: Graph, node: Node, registry: LayerRegistry): string | undefined {
  const context = contextOf(graph, node, graph.streams);
  const input = context && passedThrough(layerOf(registry, node), context, streamOf(graph, node.name));
  return input === undefined ? undefined : node.inputs[input];
}

/** Equal for nodes that compute the same. */
function fingerprintOf(node: Node, registry: LayerRegistry): string {
  const { kind, inputs, attributes } = node;
  const encoded = z.encode(layerOf(registry, node).attributes, attributes);
  return JSON.stringify([kind, inputs, encoded]);
}
