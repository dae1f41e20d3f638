/** XML reports by xml2js, read by element name: the order of children differs per file and release (VENDOR.md §1.1). */
import { parseStringPromise } from "xml2js";
import { reportMalformed, reportTooLarge, unusable } from "./diagnostics.ts";
import { MAX_TEXT_BYTES, type Source } from "./source.ts";

/** An element: a string if it holds only text, else an object of lists by child name. */
export type XmlNode = unknown;

export async function parseXml(source: Source, kind: string): Promise<XmlNode> {
  if (source.cut) throw unusable(reportTooLarge(source.path, MAX_TEXT_BYTES / 2 ** 20));
  try {
    // explicitArray: a single child and many children then have one shape.
    const root: unknown = await parseStringPromise(source.text(), {
      explicitArray: true,
      explicitRoot: false,
      trim: true,
    });
    return root;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll("\n", ", ") : String(error);
    throw unusable(reportMalformed(source.path, kind, reason));
  }
}

/** The elements at a path such as `ModuleInformation/Module`. */
export function elements(node: XmlNode, path: string): readonly XmlNode[] {
  let found: readonly XmlNode[] = [node];
  for (const name of path.split("/")) {
    found = found.flatMap((parent) => {
      const list = isRecord(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
      return Array.isArray(list) ? list : [];
    });
  }
  return found;
}

export const element = (node: XmlNode, path: string): XmlNode => elements(node, path)[0];

/** The text of the element at a path; undefined where there is none or it is empty. */
export function textAt(node: XmlNode, path: string): string | undefined {
  const found = element(node, path);
  const text = isRecord(found) ? found["_"] : found;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** Child elements by name, first ones first, without attributes and text. */
export const children = (node: XmlNode): readonly (readonly [string, XmlNode])[] =>
  isRecord(node)
    ? Object.entries(node).flatMap(([name, list]) =>
        Array.isArray(list) ? list.map((child: unknown) => [name, child] as const) : [],
      )
    : [];

export function attribute(node: XmlNode, name: string): string | undefined {
  const attributes = isRecord(node) ? node["$"] : undefined;
  const value = isRecord(attributes) && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
