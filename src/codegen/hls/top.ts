/** The top function: ports, streams, and a call for each stage. */
import { bitWidth, elementKind } from "../../ir/data-type.ts";
import type { Fifo, ScheduledGraph, Stage } from "../../ir/schedule.ts";
import { elements } from "../../ir/tensor.ts";
import { containerBits, frameWords } from "../port-layout.ts";
import { render } from "../template.ts";
import type { HlsProjectOptions } from "./options.ts";
import { stageFunction } from "./stage-files.ts";

interface StreamDeclaration {
  readonly name: string;
  readonly bits: number;
  readonly depth: number;
}

export function topFiles(scheduled: ScheduledGraph, options: HlsProjectOptions): Map<string, string> {
  const { graph, stages, fifos } = scheduled;
  const input = fifoOf(scheduled, scheduled.inputFifo);
  const output = fifoOf(scheduled, scheduled.outputFifo);
  const load = loadCalls(input, options);
  const store = storeCalls(output, options);
  const data = {
    name: graph.name,
    summary: `${graph.nodes.length} nodes in ${stages.length} stages, ${scheduled.cyclesPerFrame} cycles per frame`,
    signature: signature(graph.name, options),
    input: { words: frameWords(input.stream) },
    output: { words: frameWords(output.stream) },
    stages: stages.filter(({ kind }) => kind === "layer").map(({ name }) => name),
    pragmas: interfacePragmas(input, output, options),
    streams: [...load.streams, ...[...fifos.values()].map(declaration), ...store.streams],
    calls: [...load.calls, ...stages.flatMap((stage) => stageCalls(scheduled, stage)), ...store.calls],
  };
  return new Map([
    [`src/${graph.name}.hpp`, render("hls/top.hpp.hbs", data)],
    [`src/${graph.name}.cpp`, render("hls/top.cpp.hbs", data)],
  ]);
}

export function fifoOf({ fifos }: ScheduledGraph, name: string): Fifo {
  const fifo = fifos.get(name);
  if (!fifo) throw new Error(`internal error: no FIFO ${name}`);
  return fifo;
}

export const fifoBits = ({ stream, lanes }: Fifo): number => bitWidth(stream.type) * lanes;

const declaration = (fifo: Fifo): StreamDeclaration => ({
  name: streamName(fifo.name),
  bits: fifoBits(fifo),
  depth: Math.max(2, fifo.depth),
});

const streamName = (fifo: string): string => `s_${fifo}`;

function signature(name: string, { axiStream }: HlsProjectOptions): string {
  const [input, output] = axiStream
    ? ["hls::stream<bitloom::axi_word>& input_words", "hls::stream<bitloom::axi_word>& output_words"]
    : ["const bitloom::word* input_words", "bitloom::word* output_words"];
  return `void ${name}(${input}, ${output}, int frames)`;
}

/** UG1399 "pragma HLS interface". The depths serve cosimulation only. */
function interfacePragmas(input: Fifo, output: Fifo, { axiStream, cosimFrames }: HlsProjectOptions): string[] {
  const control = ["INTERFACE s_axilite port = frames", "INTERFACE s_axilite port = return"];
  if (axiStream) return ["INTERFACE axis port = input_words", "INTERFACE axis port = output_words", ...control];
  const port = (name: string, { stream }: Fifo) => [
    `INTERFACE m_axi port = ${name} offset = slave bundle = ${name.replace("words", "memory")} depth = ${frameWords(stream) * cosimFrames}`,
    `INTERFACE s_axilite port = ${name}`,
  ];
  return [...port("input_words", input), ...port("output_words", output), ...control];
}

function loadCalls(fifo: Fifo, { axiStream }: HlsProjectOptions) {
  const { container, perWord, words, bits, kind, beats } = portNumbers(fifo);
  return {
    streams: [
      { name: "input_port", bits: 64, depth: 2 },
      { name: "input_elements", bits: perWord * bits, depth: 2 },
    ],
    calls: [
      `bitloom::load_${axiStream ? "axis" : "memory"}<${words}>(input_words, input_port, frames);`,
      `bitloom::from_containers<bitloom::${kind}_ELEMENT, ${bits}, ${container}, ${words}>(input_port, input_elements, frames);`,
      `bitloom::repack<${bits}, ${perWord}, ${fifo.lanes}, ${words}, ${beats}>(input_elements, ${streamName(fifo.name)}, frames);`,
    ],
  };
}

function storeCalls(fifo: Fifo, { axiStream }: HlsProjectOptions) {
  const { container, perWord, words, bits, kind, beats } = portNumbers(fifo);
  return {
    streams: [
      { name: "output_elements", bits: perWord * bits, depth: 2 },
      { name: "output_port", bits: 64, depth: 2 },
    ],
    calls: [
      `bitloom::repack<${bits}, ${fifo.lanes}, ${perWord}, ${beats}, ${words}>(${streamName(fifo.name)}, output_elements, frames);`,
      `bitloom::to_containers<bitloom::${kind}_ELEMENT, ${bits}, ${container}, ${elements(fifo.stream.shape)}, ${words}>(output_elements, output_port, frames);`,
      `bitloom::store_${axiStream ? "axis" : "memory"}<${words}>(output_port, output_words, frames);`,
    ],
  };
}

function portNumbers({ stream, lanes }: Fifo) {
  const container = containerBits(stream.type);
  return {
    container,
    perWord: 64 / container,
    words: frameWords(stream),
    bits: bitWidth(stream.type),
    kind: elementKind(stream.type),
    beats: elements(stream.shape) / lanes,
  };
}

function stageCalls(scheduled: ScheduledGraph, stage: Stage): string[] {
  const inputs = stage.inputs.map((name) => fifoOf(scheduled, name));
  const outputs = stage.outputs.map((name) => fifoOf(scheduled, name));
  const [input, output] = [inputs[0] as Fifo, outputs[0] as Fifo];
  const beats = elements(input.stream.shape) / input.lanes;
  const names = (fifos: readonly Fifo[]) => fifos.map(({ name }) => streamName(name)).join(", ");
  if (stage.kind === "fork") return [`bitloom::fork<${beats}>(frames, ${names(inputs)}, ${names(outputs)});`];
  if (stage.kind === "convert") {
    const bits = bitWidth(input.stream.type);
    return [
      `bitloom::convert<${bits}, ${input.lanes}, ${output.lanes}, ${beats}>(${names(inputs)}, ${names(outputs)}, frames);`,
    ];
  }
  const bits = bitWidth(output.stream.type);
  return [
    `${stageFunction(stage.name)}(${names(inputs)}, ${names(outputs)}, frames);`,
    `BITLOOM_TAP_STREAM("${output.source}", ${names(outputs)}, ${bits}, ${output.lanes}, ${elementKind(output.stream.type)})`,
  ];
}
