/** What the page of a build shows of its scheduled graph; the results of the tools are put beside it. */
import { areaOf, storedBits } from "../ir/cost.ts";
import { bitWidth, formatType } from "../ir/data-type.ts";
import type { Graph, Node } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import type { LayerRegistry } from "../ir/layer.ts";
import { printNode } from "../ir/print.ts";
import type { Fifo, ScheduledGraph, Stage } from "../ir/schedule.ts";
import { betweenParts, fifoParts } from "../ir/wiring.ts";
import { layers } from "../layers/index.ts";
import { hardwareOf } from "../passes/unit.ts";
import type { BuildReport, FifoEntry, PortEntry, StageEntry } from "../report/build-report.ts";

/** What a schedule does not say. */
export type BuildFacts = Pick<
  BuildReport,
  "digest" | "created" | "board" | "clockMegahertz" | "resources" | "equivalence" | "tools" | "messages"
>;

export function buildReport(
  scheduled: ScheduledGraph,
  facts: BuildFacts,
  registry: LayerRegistry = layers,
): BuildReport {
  const { graph, fifos, inputFifo, outputFifo, cyclesPerFrame } = scheduled;
  return {
    version: 1,
    name: graph.name,
    cyclesPerFrame,
    parameters: parametersOf(graph),
    input: portEntry(graph, graph.input.name, inputFifo),
    output: portEntry(graph, graph.output, outputFifo),
    stages: stageEntries(scheduled, registry),
    fifos: [...fifos.values()].map(fifoEntry),
    ...facts,
  };
}

export const stageEntries = (scheduled: ScheduledGraph, registry: LayerRegistry = layers): StageEntry[] =>
  scheduled.stages.map((stage) => stageEntry(scheduled, stage, registry));

function stageEntry(scheduled: ScheduledGraph, stage: Stage, registry: LayerRegistry): StageEntry {
  const { kind, name, cycles, inputs, outputs } = stage;
  const { stream } = scheduled.fifos.get(outputs[0] as string) as Fifo;
  const common = { kind, name, cycles, inputs: [...inputs], outputs: [...outputs], ...streamText(stream) };
  if (stage.kind !== "layer")
    return { ...common, nodes: [], folding: null, cost: areaOf(betweenParts(scheduled, stage)) };
  const { nodes, folding } = stage;
  const cost = areaOf(hardwareOf(scheduled.graph, registry, nodes).parts(folding));
  const entries = nodes.map((node) => nodeEntry(scheduled.graph, node, registry));
  return { ...common, nodes: entries, folding: { ...folding }, cost };
}

function nodeEntry(graph: Graph, node: Node, registry: LayerRegistry): StageEntry["nodes"][number] {
  const stream = streamText(streamOf(graph, node.name));
  return { name: node.name, kind: node.kind, text: printNode(node, registry), ...stream };
}

function fifoEntry({ name, source, stream, lanes, depth }: Fifo): FifoEntry {
  const bits = lanes * bitWidth(stream.type);
  return { name, source, type: formatType(stream.type), lanes, bits, depth, cost: areaOf(fifoParts(bits, depth)) };
}

const portEntry = (graph: Graph, name: string, fifo: string): PortEntry => ({
  ...{ name, fifo },
  ...streamText(streamOf(graph, name)),
});

const streamText = ({ shape: [channels, height, width], type }: Fifo["stream"]): Pick<PortEntry, "shape" | "type"> => ({
  shape: [channels, height, width],
  type: formatType(type),
});

/** Elements of all tensors, and the bits that they take where they are stored. */
function parametersOf({ parameters }: Graph): BuildReport["parameters"] {
  const tensors = [...parameters.values()];
  return {
    count: tensors.reduce((sum, { data }) => sum + data.length, 0),
    bits: tensors.reduce((sum, tensor) => sum + tensor.data.length * storedBits(tensor), 0),
  };
}
