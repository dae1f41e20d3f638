import type { Graph } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import type { Raws } from "../ir/tensor.ts";
import { prepare } from "./executor.ts";

export interface ImageResult {
  readonly output: Raws;
  /** By the name of the tap. */
  readonly taps: ReadonlyMap<string, Raws>;
}

/** Runs one image at a time and keeps the values of the nodes asked for. */
export function imageRunner(
  graph: Graph,
  registry: LayerRegistry,
  taps: readonly string[],
): (input: Raws) => ImageResult {
  const run = prepare(graph, registry);
  const wanted = new Set(taps);
  const { shape, type } = graph.input;
  return (data) => {
    const seen = new Map<string, Raws>();
    const tap = (name: string, value: { data: Raws }) => wanted.has(name) && seen.set(name, value.data);
    const { data: output } = run({ shape, type, data }, wanted.size > 0 ? tap : undefined);
    return { output, taps: seen };
  };
}
