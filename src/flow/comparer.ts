/** Takes the results of a simulation batch by batch and compares them with the reference executor's. */
import { decodePort } from "../codegen/port-layout.ts";
import { decodeTap } from "../codegen/tap-layout.ts";
import { invariant } from "../diagnostics.ts";
import { numeric } from "../ir/data-type.ts";
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import { layers } from "../layers/index.ts";
import type { Batch } from "../opentools/simulate.ts";
import type { Comparison } from "../reference/compare.ts";
import { compareStream, joinComparisons } from "../reference/compare.ts";
import type { ImageResult } from "../reference/image.ts";
import { imageRunner } from "../reference/image.ts";

export interface Expectation {
  /** The graph as the user gave it. */
  readonly model: Graph;
  /** The graph that was simulated, after all passes. */
  readonly simulated: Graph;
  readonly images: readonly Raws[];
  /** What the model gives for each image. */
  readonly outputs: readonly Raws[];
  /** Nodes of the simulated graph to compare as well. */
  readonly taps: readonly string[];
}

export class Comparer {
  /** What the simulation gave for each image. */
  readonly outputs: Raws[] = [];
  readonly #expectation: Expectation;
  readonly #runTapped: (image: Raws) => ImageResult;
  readonly #comparisons = new Map<string, Comparison>();

  constructor(expectation: Expectation) {
    invariant(sameFraction(expectation), "passes keep the fraction of the output");
    this.#expectation = expectation;
    this.#runTapped = imageRunner(expectation.simulated, layers, expectation.taps);
  }

  take({ first, frames, output, taps }: Batch): void {
    const { simulated, images, outputs } = this.#expectation;
    const actual = decodePort(output, streamOf(simulated, simulated.output));
    invariant(actual.length === frames, "the simulation gives one result for each frame");
    for (const [i, raws] of actual.entries()) this.outputs[first + i] = raws;
    const tapped = taps.size > 0 ? images.slice(first, first + frames).map(this.#runTapped) : [];
    for (const [name, bytes] of taps) {
      const expected = tapped.map((result) => result.taps.get(name) as Raws);
      this.#compare(name, first, expected, decodeTap(bytes, streamOf(simulated, name)));
    }
    this.#compare(OUTPUT, first, outputs.slice(first, first + frames), actual);
  }

  #compare(name: string, first: number, expected: readonly Raws[], actual: readonly Raws[]): void {
    const { simulated } = this.#expectation;
    const node = name === OUTPUT ? simulated.output : name;
    const comparison = compareStream(node, streamOf(simulated, node), expected, actual, first);
    const former = this.#comparisons.get(name);
    this.#comparisons.set(name, former ? joinComparisons(former, comparison) : comparison);
  }

  /** In topological order; the output of the network comes last. */
  comparisons(): Comparison[] {
    const order = [...this.#expectation.simulated.nodes.map(({ name }) => name), OUTPUT];
    return order.flatMap((name) => this.#comparisons.get(name) ?? []);
  }
}

const sameFraction = ({ model, simulated }: Expectation): boolean => {
  const fraction = (graph: Graph) => numeric(streamOf(graph, graph.output).type).fraction;
  return fraction(model) === fraction(simulated);
};

/** The output as the port gives it; its node may be tapped, too. No node has this name. */
const OUTPUT = "";
