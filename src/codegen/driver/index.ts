/**
 * The driver for the board: a PYNQ package in Python, as it stands in src/templates/driver, and what this build is. Pure.
 *
 *     bitloom_accelerator/*.py           the same for every build
 *     bitloom_accelerator/network.json   ports, arguments, cycles
 *     README.md
 */
import type { DataType } from "../../ir/data-type.ts";
import { formatType, numeric } from "../../ir/data-type.ts";
import type { Graph, Stream } from "../../ir/graph.ts";
import { streamOf } from "../../ir/graph.ts";
import type { ScheduledGraph } from "../../ir/schedule.ts";
import { asset } from "../assets.ts";
import { containerBits, frameWords } from "../port-layout.ts";
import { render } from "../template.ts";
import { loadableWeights } from "./weights.ts";

export interface DriverOptions {
  /** What the user gave. */
  readonly model: Graph;
  readonly axiStream: boolean;
  readonly clockMegahertz: number;
  /** Name of the bitstream's file, which has its .hwh beside it. */
  readonly bitstream: string;
}

const PACKAGE = "bitloom_accelerator";
const MODULES = [
  "__init__",
  "__main__",
  "accelerator",
  "bitstream",
  "board",
  "buffers",
  "core",
  "errors",
  "measure",
  "memory_runner",
  "model_file",
  "network",
  "port",
  "self_test",
  "stream_runner",
  "waiting",
  "weights",
];

/** Of the top function (src/codegen/hls/top.ts). */
const ARGUMENTS = { input: "input_words", output: "output_words", frames: "frames" };

export function generateDriver(scheduled: ScheduledGraph, options: DriverOptions): Map<string, string> {
  const { graph, cyclesPerFrame } = scheduled;
  const { model, axiStream, clockMegahertz, bitstream } = options;
  const ports = {
    input: describePort(graph.input.name, graph.input),
    output: describePort(graph.output, streamOf(graph, graph.output)),
  };
  const variant = axiStream ? "stream" : "memory";
  const network = {
    name: graph.name,
    variant,
    ...ports,
    arguments: ARGUMENTS,
    cyclesPerFrame,
    clockMegahertz,
    bitstream,
    ...loadableWeights(scheduled, model),
  };
  const modules = MODULES.map((name): [string, string] => [
    `${PACKAGE}/${name}.py`,
    asset(`src/templates/driver/${PACKAGE}/${name}.py`),
  ]);
  return new Map([
    ...modules,
    [`${PACKAGE}/network.json`, `${JSON.stringify(network, null, 2)}\n`],
    ["README.md", render("driver/README.md.hbs", { weights: undefined, ...network })],
  ]);
}

function describePort(name: string, stream: Stream) {
  const { shape, type } = stream;
  return {
    name,
    shape,
    shapeText: shape.slice(1).every((size) => size === 1) ? `${shape[0]}` : shape.join(" x "),
    ...describeType(type),
    containerBits: containerBits(type),
    frameBytes: 8 * frameWords(stream),
  };
}

/** A bipolar element is -1 or +1 in its container. */
function describeType(type: DataType) {
  const { signed, width, fraction } = numeric(type);
  return { type: formatType(type), signed, width, fraction };
}
