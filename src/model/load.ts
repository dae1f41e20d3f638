/** Reads a model: docs/model-format.md. Everything that is wrong with it is told at once. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../diagnostics.ts";
import { DiagnosticError, inputCount, modelInFolder, unknownTensor, unusedTensor } from "../diagnostics.ts";
import { readTextOf } from "../files.ts";
import type { Graph, Node, UntypedGraph } from "../ir/graph.ts";
import { inferStreams } from "../ir/infer.ts";
import type { Layer, LayerRegistry, Report } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Shape } from "../ir/tensor.ts";
import { layers } from "../layers/index.ts";
import type { Entries } from "./document.ts";
import { readEntries, readNode } from "./document.ts";
import { checkEdges, checkNames } from "./edges.ts";
import { parseJson } from "./json-text.ts";
import { checkMap, limited } from "./limits.ts";
import { nearest } from "./nearest.ts";
import type { Quantizer } from "./parameters.ts";
import { readParameters } from "./parameters.ts";
import { formatPath } from "./path.ts";

/** How a model is read that is not one of integers yet. */
export interface Reading {
  readonly registry?: LayerRegistry;
  readonly quantizer?: Quantizer;
  /** Completes what was left open in the nodes. They keep their names. */
  readonly complete?: (graph: UntypedGraph, report: Report, pathOf: PathOf) => UntypedGraph;
}

/** The place of a node in the file. */
export type PathOf = (node: Pick<Node, "name">) => string;

/** Where a project keeps the model that it was made from. */
export const MODEL_IN_PROJECT = "model/model.json";
/** In a folder of its own, and in a project. */
const PLACES = ["model.json", MODEL_IN_PROJECT];

/** The typed graph of a model.json and the files of weights beside it. Rejects with one DiagnosticError. */
export async function loadModel(file: string, reading: Reading = {}): Promise<Graph> {
  const inside = PLACES.map((place) => join(file, place)).find(existsSync);
  if (inside) throw new DiagnosticError([modelInFolder(file, inside)]);
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const json = parseJson(await readTextOf(file), file, report);
  const entries = diagnostics.length === 0 ? readEntries(json, file, report) : undefined;
  const graph = entries && (await linked(entries, dirname(file), reading, report));
  if (diagnostics.length > 0 || !graph) throw new DiagnosticError(diagnostics);
  return graph;
}

/** Undefined if there is no input to begin with. */
async function linked(
  entries: Entries,
  folder: string,
  { registry = layers, quantizer, complete = (graph) => graph }: Reading,
  report: Report,
): Promise<Graph | undefined> {
  const { name = "", input, output = "" } = entries.header;
  checkNames(entries, report);
  checkEdges(entries, report);
  const parameters = await readParameters(entries.tensors, folder, report, quantizer);
  const nodes = readNodes(entries, parameters, registry, report);
  if (!input || !checkMap(input.shape, "input.shape", report)) return undefined;
  const [channels, height = 1, width = 1] = input.shape;
  const shape: Shape = Object.freeze([channels, height, width] as const);
  const places = new Map([...nodes].map(([node, i]) => [node.name, `nodes[${i}]`]));
  const pathOf: PathOf = (node) => places.get(node.name) ?? node.name;
  const read = { name, input: { ...input, shape }, nodes: [...nodes.keys()], output, parameters };
  const untyped = complete(read, report, pathOf);
  const streams = inferStreams(untyped, limited(registry), report, pathOf);
  return Object.freeze({ ...untyped, streams });
}

/** The nodes whose attributes, tensors and number of inputs are right, with their places in the file. */
function readNodes(
  { nodes, tensors }: Entries,
  parameters: ReadonlyMap<string, Parameter>,
  registry: LayerRegistry,
  report: Report,
): Map<Node, number> {
  const sound = new Map<Node, number>();
  const used = new Set<string>();
  const names = new Set<string>();
  let complete = true;
  for (const [i, entry] of nodes.entries()) {
    const node = entry && readNode(entry, i, registry, report);
    complete &&= node !== undefined;
    if (!node) continue;
    const wanted = tensorsOf(node, registry.get(node.kind) as Layer);
    for (const tensor of wanted.values()) used.add(tensor);
    const right = [
      checkArity(node, `nodes[${i}].inputs`, registry.get(node.kind) as Layer, report),
      checkTensors(wanted, `nodes[${i}].attributes`, tensors, report),
    ].every(Boolean);
    const known = [...wanted.values()].every((tensor) => parameters.has(tensor));
    if (right && known && !names.has(node.name)) sound.set(node, i);
    names.add(node.name);
  }
  if (complete)
    for (const name of tensors.keys()) if (!used.has(name)) report(unusedTensor(formatPath(["tensors", name]), name));
  return sound;
}

/** Names of the node's tensors, by attribute. */
function tensorsOf({ attributes }: Node, layer: Layer): ReadonlyMap<string, string> {
  const named = Object.entries(layer.parameters(attributes));
  return new Map(named.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function checkArity({ inputs }: Node, path: string, { arity: [least, most] }: Layer, report: Report): boolean {
  const right = inputs.length >= least && inputs.length <= most;
  if (!right) report(inputCount(path, inputs.length, least === most ? String(least) : `${least} to ${most}`));
  return right;
}

function checkTensors(
  wanted: ReadonlyMap<string, string>,
  path: string,
  tensors: Entries["tensors"],
  report: Report,
): boolean {
  const missing = [...wanted].filter(([, tensor]) => !tensors.has(tensor));
  for (const [attribute, tensor] of missing)
    report(unknownTensor(`${path}.${attribute}`, tensor, nearest(tensor, tensors.keys())));
  return missing.length === 0;
}
