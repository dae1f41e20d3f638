/** Elementwise nodes as one process: the formulas of all its nodes, run over C++. */
import { bitWidth } from "../../ir/data-type.ts";
import { streamOf } from "../../ir/graph.ts";
import type { CppValue } from "../../ir/hls/cpp-arithmetic.ts";
import { CppArithmetic } from "../../ir/hls/cpp-arithmetic.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { contextOf, layerOf } from "../../ir/infer.ts";
import { operands } from "../../ir/layer.ts";
import type { Parameter } from "../../ir/parameter.ts";
import { elements } from "../../ir/tensor.ts";
import type { ElementwiseNodes } from "../elementwise-nodes.ts";
import { render } from "../template.ts";

/** Node values are `v_NAME`, so that a node may be called `row`. */
const variable = (name: string): string => `v_${name}`;

export function elementwiseStage(stage: ElementwiseNodes, { output, outputLanes, allowDsp }: HlsOptions): HlsStage {
  const { graph, inputs } = stage;
  const [channels] = output.shape;
  const name = stage.nodes.at(-1)!.name;
  const arithmetic = new CppArithmetic({ name, channels, lanes: outputLanes, allowDsp, nameOf: parameterNames(stage) });
  const streams = inputs.map((name) => streamOf(graph, name));
  const values = new Map<string, CppValue>();
  for (const [i, name] of inputs.entries()) {
    values.set(name, arithmetic.input(variable(name), `in${i}`, streams[i]!.type));
  }
  const result = evaluate(stage, arithmetic, values);
  const lines = arithmetic.lines(result);
  const tables = arithmetic.tablesIn(lines);
  const text = [...lines, result].join("\n");
  const used = text.includes("[row][lane]");
  const parameters = streams
    .map(({ type }, i) => `const ap_uint<${bitWidth(type)}>&${new RegExp(`\\bin${i}\\b`).test(text) ? ` in${i}` : ""}`)
    .join(", ");
  const place = used ? "const int row, const int lane" : "const int, const int";
  return {
    headers: ["elementwise.hpp", "tap.hpp"],
    shape: {
      beats: elements(output.shape) / outputLanes,
      rows: channels / outputLanes,
      lanes: outputLanes,
      out_bits: bitWidth(output.type),
    },
    tables,
    unit: [
      `static ap_uint<shape::out_bits> element(${parameters}, ${place}) {`,
      "  BITLOOM_HLS(INLINE)",
      ...lines.map((line) => `  ${line}`),
      `  return ${result};`,
      "}",
    ],
    processes: [
      {
        name: "compute",
        body: render("hls/elementwise.body.hbs", {
          inputs: streams.map(({ type }, index) => ({
            index,
            bits: bitWidth(type),
            beatBits: bitWidth(type) * outputLanes,
          })),
        }).trimEnd(),
        tables: tables.map(({ name }) => name),
      },
    ],
  };
}

/** Runs all formulas; gives the bits of the last node. Taps of the nodes inside: the last one's are those of its stream. */
function evaluate(
  { graph, registry, nodes }: ElementwiseNodes,
  arithmetic: CppArithmetic,
  values: Map<string, CppValue>,
) {
  let bits = "";
  for (const node of nodes) {
    const context = contextOf(graph, node, graph.streams);
    const layer = layerOf(registry, node);
    if (!context || !layer.formula) throw new Error(`internal error: ${node.name} is not elementwise`);
    const inputs = node.inputs.map((name) => values.get(name) as CppValue);
    const value = layer.formula(arithmetic, context, operands(inputs));
    const result = arithmetic.result(variable(node.name), value, streamOf(graph, node.name).type);
    values.set(node.name, result.value);
    bits = result.bits;
    if (node !== nodes.at(-1)) arithmetic.tap(node.name, result.value);
  }
  return bits;
}

/** `NODE_ATTRIBUTE` for every tensor that the nodes name. */
function parameterNames({ graph, registry, nodes }: ElementwiseNodes): (parameter: Parameter) => string | undefined {
  const names = new Map<Parameter, string>();
  for (const node of nodes)
    for (const [attribute, tensor] of Object.entries(layerOf(registry, node).parameters(node.attributes))) {
      const parameter = tensor === undefined ? undefined : graph.parameters.get(tensor);
      if (parameter) names.set(parameter, `${node.name}_${attribute}`);
    }
  return (parameter) => names.get(parameter);
}
