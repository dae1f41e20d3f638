/** The SystemVerilog modules that a project takes along. */
import { compressorModule } from "../../ir/rtl/compressor-module.ts";
import { asset, hasAsset } from "../assets.ts";

const INSTANCE = /\bbitloom_(\w+)\b(?= (?:#\(|\w+ \())/g;

/**
 * The modules that the texts name and all that these name, by name. A module is shared, or the kernel of the kind of its name, or its
 * name says what it is.
 */
export function moduleFiles(texts: Iterable<string>): Map<string, string> {
  const files = new Map<string, string>();
  const waiting = [...texts];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const [, name] of text.matchAll(INSTANCE)) {
      if (name === undefined || files.has(name)) continue;
      const found = compressorModule(name) ?? asset(pathOf(name));
      files.set(name, found);
      waiting.push(found);
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pathOf(name: string): string {
  const shared = `src/templates/rtl/${name}.sv`;
  return hasAsset(shared) ? shared : `src/layers/${name.replaceAll("_", "-")}/kernel.sv`;
}
