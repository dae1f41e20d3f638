/** Elementwise nodes as one stage: the formulas of all its nodes for each lane, between a join and a register. */
import { bitWidth } from "../../ir/data-type.ts";
import { streamOf } from "../../ir/graph.ts";
import { contextOf, layerOf } from "../../ir/infer.ts";
import { operands } from "../../ir/layer.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import type { SvValue } from "../../ir/rtl/sv-arithmetic.ts";
import { SvArithmetic } from "../../ir/rtl/sv-arithmetic.ts";
import { CLOCK, indexBits, instance, streamPorts, streamWires } from "../../ir/rtl/verilog.ts";
import type { ElementwiseNodes } from "../elementwise-nodes.ts";

export function elementwiseStage(stage: ElementwiseNodes, { output, outputLanes }: RtlOptions): RtlStage {
  const [channels] = output.shape;
  const rows = channels / outputLanes;
  const bits = bitWidth(output.type);
  const all = (end: string) =>
    `{${stage.inputs
      .map((_, i) => `in${i}_${end}`)
      .reverse()
      .join(", ")}}`;
  const lanes = Array.from({ length: outputLanes }, (_, lane) =>
    laneLines(
      stage,
      lane,
      Array.from({ length: rows }, (_, row) => row * outputLanes + lane),
      bits,
    ),
  ).flat();
  return {
    body: [
      ...streamWires("result", bits * outputLanes),
      ...instance(
        "join",
        "join_inputs",
        { inputs: stage.inputs.length },
        { in_valid: all("valid"), in_ready: all("ready"), out_valid: "result_valid", out_ready: "result_ready" },
      ),
      ...(lanes.some((line) => /\brow\b/.test(line)) ? rowCounter(rows) : []),
      ...lanes,
      ...instance(
        "register",
        "leave",
        { width: bits * outputLanes },
        { ...CLOCK, ...streamPorts("in", "result"), ...streamPorts("out", "out") },
      ),
    ],
  };
}

/** Beat of the pixel. */
const rowCounter = (rows: number): string[] => [
  `wire [${indexBits(rows) - 1}:0] row;`,
  ...instance(
    "counter",
    "count_rows",
    { count: rows },
    { ...CLOCK, step: "result_valid && result_ready", value: "row", last: "" },
  ),
];

function laneLines(
  { graph, registry, nodes, inputs }: ElementwiseNodes,
  lane: number,
  channels: readonly number[],
  bits: number,
): string[] {
  const arithmetic = new SvArithmetic({ suffix: `${lane}`, channels });
  const values = new Map<string, SvValue>();
  for (const [i, name] of inputs.entries()) {
    const { type } = streamOf(graph, name);
    const width = bitWidth(type);
    values.set(name, arithmetic.input(`in${i}_data[${lane * width}+:${width}]`, type));
  }
  for (const node of nodes) {
    const context = contextOf(graph, node, graph.streams);
    const layer = layerOf(registry, node);
    if (!context || !layer.formula) throw new Error(`internal error: ${node.name} is not elementwise`);
    const operandValues = node.inputs.map((name) => values.get(name) as SvValue);
    const value = layer.formula(arithmetic, context, operands(operandValues));
    values.set(node.name, arithmetic.result(value, streamOf(graph, node.name).type));
  }
  const last = nodes.at(-1)!.name;
  const result = arithmetic.bits(values.get(last) as SvValue, streamOf(graph, last).type);
  return [...arithmetic.lines, `assign result_data[${lane * bits}+:${bits}] = ${result};`];
}
