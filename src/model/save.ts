/** Writes a model: docs/model-format.md. One node or tensor per line, the integers in a .safetensors file beside it. */
import { basename, dirname, extname, join } from "node:path";
import { z } from "zod";
import { invariant } from "../diagnostics.ts";
import { writeAtomically } from "../files.ts";
import { formatType } from "../ir/data-type.ts";
import type { Graph, Node } from "../ir/graph.ts";
import { layerOf } from "../ir/infer.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import { layers } from "../layers/index.ts";
import type { ArrayData } from "./array.ts";
import { dtypeOf } from "./array.ts";
import { encodeSafetensors } from "./safetensors.ts";
import { FORMAT, VERSION } from "./schema.ts";

/** Writes `file` and, if the graph has tensors, FILE.safetensors beside it. Rejects with a DiagnosticError. */
export async function saveModel(graph: Graph, file: string, registry: LayerRegistry = layers): Promise<void> {
  for (const [name, content] of modelFiles(graph, basename(file), registry))
    await writeAtomically(join(dirname(file), name), [content]);
}

/** The files of a model by name. The weights come first: until the model is there, nothing refers to them. */
export function modelFiles(
  graph: Graph,
  name: string,
  registry: LayerRegistry = layers,
): Map<string, Uint8Array | string> {
  const sidecar = `${basename(name, extname(name))}.safetensors`;
  const tensors = usedTensors(graph, registry);
  const arrays = new Map([...tensors].map(([tensor, parameter]) => [tensor, arrayOf(parameter)]));
  const files = new Map<string, Uint8Array | string>();
  if (arrays.size > 0) files.set(sidecar, Buffer.concat(encodeSafetensors(arrays)));
  return files.set(name, textOf(graph, tensors, sidecar, registry));
}

/** The tensors that nodes name: a pass may have left others behind. */
function usedTensors(graph: Graph, registry: LayerRegistry): Map<string, Parameter> {
  const used = graph.nodes.flatMap((node) => Object.values(layerOf(registry, node).parameters(node.attributes)));
  const names = new Set(used.filter((name) => name !== undefined));
  return new Map([...graph.parameters].filter(([name]) => names.has(name)));
}

const arrayOf = ({ shape, data }: Parameter): ArrayData => ({ shape, data, dtype: dtypeOf(data) });

function textOf(
  graph: Graph,
  tensors: ReadonlyMap<string, Parameter>,
  sidecar: string,
  registry: LayerRegistry,
): string {
  const lines = (items: readonly string[], [open, close]: string) =>
    items.length === 0 ? `${open}${close}` : `${open}\n    ${items.join(",\n    ")}\n  ${close}`;
  const nodes = graph.nodes.map((node) => JSON.stringify(nodeEntry(node, registry)));
  const entries = [...tensors].map(([name, parameter]) => {
    const data = { file: sidecar, key: name };
    return `${JSON.stringify(name)}: ${JSON.stringify({ ...tensorEntry(parameter), data })}`;
  });
  const fields = {
    format: JSON.stringify(FORMAT),
    version: JSON.stringify(VERSION),
    name: JSON.stringify(graph.name),
    input: JSON.stringify(inputEntry(graph)),
    nodes: lines(nodes, "[]"),
    output: JSON.stringify(graph.output),
    tensors: lines(entries, "{}"),
  };
  return `{\n${Object.entries(fields)
    .map(([key, text]) => `  "${key}": ${text}`)
    .join(",\n")}\n}\n`;
}

function inputEntry({ input: { name, shape, type } }: Graph) {
  const [channels, height, width] = shape;
  return { name, shape: height === 1 && width === 1 ? [channels] : shape, type: formatType(type) };
}

function nodeEntry(node: Node, registry: LayerRegistry) {
  const { name, kind, inputs, attributes } = node;
  const encoded = z.encode(layerOf(registry, node).attributes, attributes);
  invariant(typeof encoded === "object" && encoded !== null, `attributes of ${name} are encoded as an object`);
  return { name, kind, inputs, ...(Object.keys(encoded).length > 0 && { attributes: encoded }) };
}

function tensorEntry({ encoding, shape, type, terms, digits, table }: Parameter) {
  const typed = encoding === "bipolar" || encoding === "ternary" ? {} : { type: formatType(type) };
  return { encoding, shape, ...typed, terms, digits, table: table?.map(jsonInteger) };
}

/** A JSON number where it is exact. */
const jsonInteger = (raw: bigint): number | string => (Number.isSafeInteger(Number(raw)) ? Number(raw) : String(raw));
