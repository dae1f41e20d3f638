/** Runs a model on images by the reference executor. */
import { DiagnosticError, unknownTap } from "../diagnostics.ts";
import { signedInteger } from "../ir/data-type.ts";
import type { Graph, Stream } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import { nearest } from "../model/nearest.ts";
import { runBatch } from "../reference/batch.ts";
import type { Watch } from "./watch.ts";

/** The values of one node for all images. */
export interface Results {
  readonly name: string;
  readonly stream: Stream;
  readonly raws: readonly Raws[];
}

export interface Inference {
  readonly output: Results;
  readonly taps: readonly Results[];
  /** The images' classes, where they are known. */
  readonly labels?: readonly number[] | undefined;
}

export async function infer(
  graph: Graph,
  images: readonly Raws[],
  taps: readonly string[],
  { progress }: Watch = {},
): Promise<Inference> {
  checkTaps(taps, (name) => graph.streams.has(nodeOf(name)), graph);
  const onProgress = (done: number) => progress?.("run", done, images.length);
  const results = await runBatch(graph, images, { taps, onProgress });
  checkTaps(taps, (name) => results.every((result) => result.taps.has(name)), graph);
  return {
    output: { name: graph.output, stream: streamOf(graph, graph.output), raws: results.map(({ output }) => output) },
    taps: taps.map((name) => ({
      name,
      stream: tapStream(graph, name),
      raws: results.map((result) => result.taps.get(name) as Raws),
    })),
  };
}

const nodeOf = (tap: string): string => tap.split(".")[0] as string;

function checkTaps(taps: readonly string[], isKnown: (name: string) => boolean, { name, nodes }: Graph): void {
  const names = nodes.map((node) => node.name);
  const unknown = taps.filter((tap) => !isKnown(tap));
  if (unknown.length > 0) throw new DiagnosticError(unknown.map((tap) => unknownTap(name, tap, nearest(tap, names))));
}

/** Values inside of a node have its stream's shape, but a type of their own. */
function tapStream(graph: Graph, tap: string): Stream {
  const stream = streamOf(graph, nodeOf(tap));
  return tap.includes(".") ? { shape: stream.shape, type: signedInteger(64) } : stream;
}
