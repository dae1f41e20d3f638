/**
 * A graph as short readable text, one line for each node:
 *
 *     graph tiny: x ap_uint<8> [1, 4, 4] -> y
 *       a = conv2d(x) weight=w bipolar [3, 1, 2, 2]: ap_int<11> [3, 3, 3]
 *
 * With the raws of tensors that are not long: `s = fixed ap_fixed<4,2> [1] 3`.
 */
import { z } from "zod";
import { formatType } from "./data-type.ts";
import type { Graph, Node, Stream } from "./graph.ts";
import { streamOf } from "./graph.ts";
import { layerOf } from "./infer.ts";
import type { Layer, LayerRegistry } from "./layer.ts";
import type { Parameter } from "./parameter.ts";
import { rawAt } from "./parameter.ts";
import type { ScheduledGraph, Stage } from "./schedule.ts";
import { formatShape } from "./tensor.ts";

export function printGraph(graph: Graph, registry: LayerRegistry): string {
  const nodes = graph.nodes.map((node) => `  ${printNode(node, registry)}: ${printStream(streamOf(graph, node.name))}`);
  const tensors = [...graph.parameters].map(([name, parameter]) => `  ${name} = ${printParameter(parameter)}`);
  const head = `graph ${graph.name}: ${graph.input.name} ${printStream(graph.input)} -> ${graph.output}`;
  return `${[head, ...nodes, ...tensors].join("\n")}\n`;
}

/** Stages with their foldings and cycles, and each FIFO with beats of so many lanes, and so many beats deep. */
export function printSchedule(scheduled: ScheduledGraph, registry: LayerRegistry): string {
  const { graph, stages, fifos, inputFifo, outputFifo, cyclesPerFrame } = scheduled;
  const head = `schedule ${graph.name}: ${inputFifo} -> ${outputFifo}, ${cyclesPerFrame} cycles per frame`;
  const lines = stages.flatMap((stage) => printStage(stage, registry));
  const queues = [...fifos.values()].map(
    ({ name, stream, lanes, depth }) => `  ${name}: ${lanes} x ${formatType(stream.type)}, ${depth} deep`,
  );
  return `${[head, ...lines, "fifos", ...queues].join("\n")}\n`;
}

function printStage(stage: Stage, registry: LayerRegistry): string[] {
  const { name, inputs, outputs, cycles } = stage;
  const way = `${inputs.join(", ")} -> ${outputs.join(", ")}`;
  if (stage.kind !== "layer") return [`  ${stage.kind} ${name}: ${way}, ${cycles} cycles`];
  const { pe, simd, blockRam } = stage.folding;
  const memories = blockRam === "products" ? ", products in block RAM" : blockRam ? ", block RAM" : "";
  const head = `  stage ${name}: ${way}, pe ${pe}, simd ${simd}${memories}, ${cycles} cycles`;
  return [head, ...stage.nodes.map((node) => `    ${printNode(node, registry)}`)];
}

export const printStream = ({ type, shape }: Stream): string => `${formatType(type)} ${formatShape(shape)}`;

export function printNode(node: Node, registry: LayerRegistry): string {
  const attributes = Object.entries(shownAttributes(layerOf(registry, node), node));
  const shown = attributes.map(([key, value]) => ` ${key}=${printValue(value)}`).join("");
  return `${node.name} = ${node.kind}(${node.inputs.join(", ")})${shown}`;
}

/** As model.json has them, without those that only say what would be so anyway. */
function shownAttributes(layer: Layer, { attributes }: Node): Record<string, unknown> {
  const encode = (value: unknown) => z.encode(layer.attributes, value as Node["attributes"]) as Record<string, unknown>;
  const encoded = encode(attributes);
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(encoded)) {
    const { [key]: _, ...others } = encoded;
    const parsed = layer.attributes.safeParse(others);
    const implied = parsed.success && JSON.stringify(encode(parsed.data)[key]) === JSON.stringify(value);
    if (!implied) shown[key] = value;
  }
  return shown;
}

const printValue = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "");

/** Longer tensors show their form only. */
const MOST_ELEMENTS = 16;

function printParameter(parameter: Parameter): string {
  const { encoding, type, shape, data } = parameter;
  const form = encoding === "bipolar" ? encoding : `${encoding} ${formatType(type)}`;
  const raws = Array.from({ length: Math.min(data.length, MOST_ELEMENTS) }, (_, i) => rawAt(parameter, i));
  return `${form} ${formatShape(shape)}${data.length > MOST_ELEMENTS ? "" : ` ${raws.join(" ")}`}`;
}
