/** Attributes, tensors and inputs of a random node of each kind, made to fit the streams that are there. */
import type { Cast, FixedCast } from "../../src/ir/cast.ts";
import { formatCast } from "../../src/ir/cast.ts";
import type { FixedType } from "../../src/ir/data-type.ts";
import { formatType, maxRaw, minRaw, numeric, unsignedInteger } from "../../src/ir/data-type.ts";
import type { Stream } from "../../src/ir/graph.ts";
import type { Parameter } from "../../src/ir/parameter.ts";
import { elements, sameShape } from "../../src/ir/tensor.ts";
import type { Gene } from "./random-genes.ts";
import { fixedTensor, Random, randomTensor, sorted } from "./random-numbers.ts";

/** The graph as it stands: the recipes take streams from it and put tensors and helping nodes into it. */
export interface Growing {
  /** All streams by name, oldest first. */
  readonly streams: ReadonlyMap<string, Stream>;
  tensor(parameter: Parameter): string;
  /** Adds a node in front of the one in the making. */
  node(kind: string, inputs: readonly string[], attributes: object): string;
}

export interface Draft {
  readonly inputs: readonly string[];
  readonly attributes: object;
}

type Recipe = (gene: Gene, graph: Growing) => Draft;

const textOf = (cast: Cast | undefined) => (cast ? { type: formatCast(cast) } : {});
const accumulatorOf = (cast: FixedCast | undefined) => (cast ? { accumulator: formatCast(cast) } : {});

function back(graph: Growing, distance: number): string {
  const names = [...graph.streams.keys()];
  return names[Math.max(0, names.length - 1 - distance)] as string;
}
const input = (gene: Gene, graph: Growing): string => back(graph, gene.from);
const streamAt = (graph: Growing, name: string): Stream => graph.streams.get(name) as Stream;

/** The input, cast to the type first if it is of another one. */
function inputOfType(gene: Gene, graph: Growing, type: FixedType, fits: (text: string) => boolean): string {
  const name = input(gene, graph);
  if (fits(formatType(streamAt(graph, name).type))) return name;
  return graph.node("quantize", [name], { type: formatCast({ ...gene.cast, type }) });
}

/** Streams that satisfy a condition, from the newest on; the gene picks one. */
function another(gene: Gene, graph: Growing, fits: (stream: Stream) => boolean): string {
  const found = [...graph.streams].filter(([, stream]) => fits(stream)).map(([name]) => name);
  return found[Math.max(0, found.length - 1 - gene.other)] as string;
}

function perChannel(gene: Gene, graph: Growing, channels: number, salt: number): string {
  const seed = gene.seed + salt;
  return graph.tensor(
    randomTensor([gene.shared ? 1 : channels], { encoding: "fixed", type: gene.weightType, terms: gene.count, seed }),
  );
}

function windowOf({ kernel, stride, padding }: Gene) {
  const [top, left, bottom, right] = padding;
  const [height, width] = kernel;
  return {
    stride: [...stride],
    padding: { top: top % height, left: left % width, bottom: bottom % height, right: right % width },
  };
}

function withPaddingValue(gene: Gene, { type }: Stream) {
  const { stride, padding } = windowOf(gene);
  if (gene.paddingValue === undefined) return { stride, padding };
  if (type.kind === "bipolar") return { stride, padding: { ...padding, value: gene.paddingValue % 2 ? 1 : -1 } };
  const value = BigInt(gene.paddingValue) - (type.signed ? 3n : 0n);
  const [low, high] = [minRaw(type), maxRaw(type)];
  return { stride, padding: { ...padding, value: Number(value < low ? low : value > high ? high : value) } };
}

function convolution(gene: Gene, graph: Growing, name: string, plan: Gene["encoding"]) {
  const stream = streamAt(graph, name);
  const [channels] = stream.shape;
  const groups = channels % gene.groups === 0 ? gene.groups : 1;
  const shape = [gene.outputs * groups, channels / groups, ...gene.kernel];
  const { weightType: type, count: terms, seed } = gene;
  const weight = graph.tensor(randomTensor(shape, { encoding: plan, type, terms, seed }));
  return { weight, groups, ...withPaddingValue(gene, stream) };
}

function biasOf(gene: Gene, graph: Growing, outputs: number) {
  if (!gene.biasType) return {};
  const shape = [gene.shared ? 1 : outputs];
  const plan = { encoding: "fixed", type: gene.biasType, terms: 1, seed: gene.seed + 1 } as const;
  return { bias: graph.tensor(randomTensor(shape, plan)) };
}

const elementwise =
  (attributes: (gene: Gene, graph: Growing, stream: Stream) => object): Recipe =>
  (gene, graph) => {
    const name = input(gene, graph);
    return { inputs: [name], attributes: { ...attributes(gene, graph, streamAt(graph, name)), ...textOf(gene.type) } };
  };

/** Codes of a random number of thresholds, near the values that the stream has. */
function thresholds(gene: Gene, graph: Growing, { type, shape }: Stream): object {
  const random = new Random(gene.seed);
  const rows = gene.shared ? 1 : shape[0];
  const raws = Array.from({ length: rows }, () =>
    sorted(Array.from({ length: gene.count }, () => random.raw(numeric(type)))),
  );
  return { thresholds: graph.tensor(fixedTensor([rows, gene.count], numeric(type), raws.flat())) };
}

const averaging = (gene: Gene) => ({ ...accumulatorOf(gene.accumulator), type: formatCast(gene.cast) });

export const recipes: Readonly<Record<string, Recipe>> = {
  thermometer(gene, graph) {
    const unsigned = unsignedInteger(gene.cast.type.width);
    const name = inputOfType(gene, graph, unsigned, (text) => text.startsWith("ap_uint"));
    return { inputs: [name], attributes: { levels: gene.count, step: gene.outputs, rounding: gene.rounding } };
  },
  conv2d(gene, graph) {
    const name = input(gene, graph);
    const attributes = convolution(gene, graph, name, gene.encoding);
    const bias = biasOf(gene, graph, gene.outputs * attributes.groups);
    return { inputs: [name], attributes: { ...attributes, ...bias, ...accumulatorOf(gene.accumulator) } };
  },
  "gated-conv2d"(gene, graph) {
    const name = inputOfType(gene, graph, unsignedInteger(2), (text) => text === "ap_uint<2>");
    const attributes = convolution(gene, graph, name, "bipolar");
    const one = { ...gene, shared: true };
    const [highScale, lowScale] = [perChannel(one, graph, 1, 2), perChannel(one, graph, 1, 3)];
    const threshold = perChannel(gene, graph, gene.outputs * attributes.groups, 4);
    const type = formatCast(gene.cast);
    return { inputs: [name], attributes: { ...attributes, highScale, lowScale, threshold, type } };
  },
  dense(gene, graph) {
    const name = input(gene, graph);
    const columns = elements(streamAt(graph, name).shape);
    const { encoding, weightType: type, count: terms, seed } = gene;
    const weight = graph.tensor(randomTensor([gene.outputs, columns], { encoding, type, terms, seed }));
    const bias = biasOf(gene, graph, gene.outputs);
    return { inputs: [name], attributes: { weight, ...bias, ...accumulatorOf(gene.accumulator) } };
  },
  affine: elementwise((gene, graph, { shape: [channels] }) => ({
    scale: perChannel(gene, graph, channels, 0),
    bias: perChannel(gene, graph, channels, 1),
  })),
  "add-constant": elementwise((gene, graph, { shape }) => ({ constant: perChannel(gene, graph, shape[0], 0) })),
  prelu: elementwise((gene, graph, { shape }) => ({ slope: perChannel(gene, graph, shape[0], 0) })),
  relu: elementwise(() => ({})),
  quantize(gene, graph) {
    const name = input(gene, graph);
    const bipolar = gene.count === 1 && gene.type?.type.kind === "bipolar" ? { type: "bipolar" } : {};
    const codes = () => ({ ...thresholds(gene, graph, streamAt(graph, name)), ...bipolar });
    return { inputs: [name], attributes: gene.type && gene.outputs > 2 ? textOf(gene.type) : codes() };
  },
  lookup(gene, graph) {
    const narrow = { ...gene.cast.type, width: Math.min(gene.cast.type.width, 5) };
    const name = inputOfType(gene, graph, narrow, (text) => /^bipolar$|<[1-6](,|>)/.test(text));
    const { type, shape } = streamAt(graph, name);
    const low = Number(minRaw(type)) - (gene.outputs - 1);
    const length = Number(maxRaw(type)) - low + gene.count;
    const rows = gene.shared ? 1 : shape[0];
    const plan = { encoding: gene.encoding, type: gene.weightType, terms: gene.count, seed: gene.seed };
    return {
      inputs: [name],
      attributes: { table: graph.tensor(randomTensor([rows, length], plan)), low, ...textOf(gene.type) },
    };
  },
  add(gene, graph) {
    const name = input(gene, graph);
    const { shape } = streamAt(graph, name);
    const second = another(gene, graph, (stream) => sameShape(stream.shape, shape));
    return { inputs: gene.shared ? [second, name] : [name, second], attributes: textOf(gene.type) };
  },
  concat(gene, graph) {
    const name = input(gene, graph);
    const { shape, type } = streamAt(graph, name);
    const fits = (stream: Stream) =>
      formatType(stream.type) === formatType(type) && stream.shape[1] === shape[1] && stream.shape[2] === shape[2];
    const second = another(gene, graph, fits);
    return { inputs: gene.outputs > 3 ? [second, name, second] : [name, second], attributes: {} };
  },
  "average-pool": (gene, graph) => ({
    inputs: [input(gene, graph)],
    attributes: { kernel: [...gene.kernel], ...windowOf(gene), ...averaging(gene) },
  }),
  "max-pool": (gene, graph) => ({
    inputs: [input(gene, graph)],
    attributes: { kernel: [...gene.kernel], ...windowOf(gene) },
  }),
  "global-average-pool": (gene, graph) => ({ inputs: [input(gene, graph)], attributes: averaging(gene) }),
  argmax: (gene, graph) => ({ inputs: [input(gene, graph)], attributes: {} }),
};
