/** The C++ headers that a project takes along. */
import { asset, hasAsset } from "../assets.ts";

const INCLUDE = /^#include "(\w+)\.hpp"$/gm;

/** The headers and all that they include, by file name. A header is shared, or the kernel of the layer kind of its name. */
export function kernelFiles(headers: Iterable<string>): Map<string, string> {
  const files = new Map<string, string>();
  const waiting = [...headers];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (files.has(name)) continue;
    const text = asset(pathOf(name));
    files.set(name, text);
    for (const [, included] of text.matchAll(INCLUDE)) waiting.push(`${included}.hpp`);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pathOf(name: string): string {
  const shared = `src/templates/hls/${name}`;
  if (hasAsset(shared)) return shared;
  return `src/layers/${name.replace(/\.hpp$/, "").replaceAll("_", "-")}/kernel.hpp`;
}
