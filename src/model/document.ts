/** From parsed JSON to entries of the right structure, piece by piece: what is wrong in one place hides nothing elsewhere. */
import { invalidValue, unknownFormat, unknownKind, unknownVersion } from "../diagnostics.ts";
import type { Node } from "../ir/graph.ts";
import type { LayerRegistry, Report } from "../ir/layer.ts";
import { parseWith, show } from "./issues.ts";
import { nearest } from "./nearest.ts";
import { formatPath } from "./path.ts";
import type { Document, NodeEntry, TensorEntry } from "./schema.ts";
import { document, FORMAT, node, tensor, VERSION } from "./schema.ts";

export interface Entries {
  /** Parts that are wrong are left out. */
  readonly header: Partial<Pick<Document, "name" | "input" | "output">>;
  /** Undefined where a node's structure is wrong. */
  readonly nodes: readonly (NodeEntry | undefined)[];
  /** All names; undefined where an entry is wrong. */
  readonly tensors: ReadonlyMap<string, TensorEntry | undefined>;
}

/** Undefined if the file is of another format or version: then nothing else can be said about it. */
export function readEntries(json: unknown, file: string, report: Report): Entries | undefined {
  if (!isObject(json)) report(invalidValue(file, `a model is a JSON object (here: ${show(json)})`));
  if (!isObject(json) || isForeign(json, report)) return undefined;
  const { nodes, tensors = {}, ...rest } = json;
  return {
    header: readHeader({ ...rest, nodes, tensors }, report),
    nodes: Array.isArray(nodes) ? nodes.map((entry, i) => parseWith(node, entry, ["nodes", i], report)) : [],
    tensors: new Map(
      isObject(tensors)
        ? Object.entries(tensors).map(([name, entry]) => [name, parseWith(tensor, entry, ["tensors", name], report)])
        : [],
    ),
  };
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === "object" && json !== null && !Array.isArray(json);

function isForeign({ format, version }: Record<string, unknown>, report: Report): boolean {
  if (format !== undefined && format !== FORMAT) report(unknownFormat("format", show(format)));
  else if (version !== undefined && version !== VERSION) report(unknownVersion("version", show(version)));
  else return false;
  return true;
}

function readHeader(json: Record<string, unknown>, report: Report): Entries["header"] {
  parseWith(document, json, [], report);
  const { shape } = document;
  const sound = (["name", "input", "output"] as const).map((key) => [key, shape[key].safeParse(json[key]).data]);
  return Object.fromEntries(sound.filter(([, value]) => value !== undefined)) as Entries["header"];
}

/** The node with its attributes as its layer wants them; undefined if they or its kind are wrong, which is reported. */
export function readNode(entry: NodeEntry, index: number, registry: LayerRegistry, report: Report): Node | undefined {
  const { name, kind, inputs, attributes = {} } = entry;
  const layer = registry.get(kind);
  if (!layer) {
    report(unknownKind(formatPath(["nodes", index, "kind"]), kind, nearest(kind, registry.keys())));
    return undefined;
  }
  const parsed = parseWith(layer.attributes, attributes, ["nodes", index, "attributes"], report);
  return parsed && Object.freeze({ kind, name, inputs: Object.freeze(inputs), attributes: Object.freeze(parsed) });
}
