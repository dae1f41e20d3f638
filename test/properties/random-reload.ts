/** A network in Verilator whose weights are loaded between frames: those before are as of the first weights, those after as of the others. */
import type { Executable } from "../../src/build/plan.ts";
import { loadedWords } from "../../src/codegen/rtl/loading.ts";
import { decodeTap } from "../../src/codegen/tap-layout.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { streamOf } from "../../src/ir/graph.ts";
import type { Folding } from "../../src/ir/layer.ts";
import type { Parameter } from "../../src/ir/parameter.ts";
import { allowedRaws } from "../../src/ir/parameter.ts";
import { layers } from "../../src/layers/index.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { withReloadableWeights, withWeightsOf } from "../../src/passes/reloadable.ts";
import { compareStream } from "../../src/reference/compare.ts";
import { imageRunner } from "../../src/reference/image.ts";
import { LEHMER_MODULUS, lehmer } from "../networks/lehmer.ts";
import { simulator } from "../tools/cosim-model.ts";
import { foldingsFrom, imagesFrom } from "./random-graph.ts";

const FRAMES = 3;

export interface ReloadCase {
  /** Of images, other weights, stalls, and foldings that are not named. */
  readonly seed: number;
  readonly foldings?: ReadonlyMap<string, Folding>;
  readonly folder: string;
  readonly verilator: Executable;
}

/** What is wrong, or undefined. */
export async function reloadProblem(plain: Graph, { seed, foldings, folder, verilator }: ReloadCase) {
  const graph = withReloadableWeights(plain, layers);
  const optimized = optimize(graph);
  const scheduled = schedule(optimized, { foldings: new Map([...foldingsFrom(optimized, seed), ...(foldings ?? [])]) });
  const other = withWeightsOf(graph, changedWeights(graph, seed));
  const images = imagesFrom(graph, seed, FRAMES).map(({ data }) => data);
  const words = loadedWords({ ...scheduled, graph: withWeightsOf(scheduled.graph, other) });
  const simulate = await simulator({ scheduled, images: [...images, ...images], folder, verilator });
  const [first, second] = [graph, other].map((network) => imageRunner(network, layers, []));
  const expected = [...images.map((image) => first!(image).output), ...images.map((image) => second!(image).output)];
  const stream = streamOf(scheduled.graph, scheduled.graph.output);
  for (const stalls of [0, seed]) {
    const { measured, output } = await simulate(stalls, { words, after: FRAMES });
    if (measured.stuck) return `stuck with stalls ${stalls}: ${JSON.stringify(measured)}`;
    const wrong = compareStream(graph.output, stream, expected, decodeTap(output, stream)).first;
    if (wrong)
      return `stalls ${stalls}: frame ${wrong.frame} at [${wrong.index}]: ${wrong.expected}, got ${wrong.actual}`;
  }
  return undefined;
}

/** Whatever the types allow; of encodings that allow less the same in another order. */
export function changedWeights(graph: Graph, seed: number): Graph {
  const next = lehmer(seed);
  const random = (count: bigint) => (BigInt(next()) * count) / BigInt(LEHMER_MODULUS);
  const change = (parameter: Parameter): Parameter => {
    const { encoding, data } = parameter;
    if (encoding === "k-hot" || encoding === "codebook")
      return { ...parameter, data: data.slice().reverse() as typeof data };
    const [low, high] = encoding === "bipolar" ? [0n, 1n] : allowedRaws(parameter);
    const raws = Array.from<number | bigint, number | bigint>(data, (former) => {
      const raw = low + random(high - low + 1n);
      return typeof former === "bigint" ? raw : Number(raw);
    });
    return { ...parameter, data: Object.assign(data.slice(), raws) };
  };
  return {
    ...graph,
    parameters: new Map([...graph.parameters].map(([name, p]) => [name, p.reloadable ? change(p) : p])),
  };
}
