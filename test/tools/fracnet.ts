/** FracNet itself, from ../shared: imported from headers that are written from its parameters. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Graph } from "../../src/ir/graph.ts";
import type { Raws } from "../../src/ir/tensor.ts";
import { importFracbnn } from "../../src/model/importers/fracbnn.ts";
import { writeFracbnnHeaders } from "./fracbnn-headers.ts";
import { SHARED, sharedArrays } from "./fracbnn-parameters.ts";

/** The network with the parameters of a file of ../shared/fracnet. */
export async function fracnetFrom(file: string, prefix = ""): Promise<Graph> {
  const folder = mkdtempSync(join(tmpdir(), "bitloom-fracnet-"));
  try {
    writeFracbnnHeaders(folder, sharedArrays(file, prefix));
    return await importFracbnn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const sharedFile = (name: string): string => fileURLToPath(new URL(name, SHARED));

/** An array as raws of each of its `count` first entries. */
export function entries(values: ArrayLike<number>, count: number): Raws[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from({ length }, (_, at) => values[i * length + at] as number),
  );
}

/** The release's name of a step as the name of a tap: `layer1_0.1.msb` is `layer1_0_1_conv.high`. */
export function tapOf(step: string): string {
  const [first, second, third] = step.split(".") as [string, string?, string?];
  if (third === undefined) return first;
  return `${first}_${second}_${INSIDE[third] ?? third}`;
}

const INSIDE: Readonly<Record<string, string>> = { msb: "conv.high", lsb: "conv.low" };
