/** FracBNN's CIFAR-10 network as the released HLS C++ computes it, with all its casts. */
import type { Padding } from "../../ir/attributes.ts";
import type { Cast } from "../../ir/cast.ts";
import { fixed, unsignedInteger } from "../../ir/data-type.ts";
import type { Node, UntypedGraph } from "../../ir/graph.ts";
import type { Parameter } from "../../ir/parameter.ts";
import type { Stage } from "./fracbnn-stages.ts";
import { STAGES } from "./fracbnn-stages.ts";

// Types of the release.
const MAP = fixed(true, 16, 7);
const SUM = fixed(true, 32, 22);
const CODE = unsignedInteger(2);

const rounded = (type: typeof MAP): Cast => ({ type, rounding: "AP_RND", overflow: "AP_SAT" });
/** What remains of a quotient: the release's ap_fixed division cuts it off. */
const cut = (type: typeof MAP): Cast => ({ type, rounding: "AP_TRN_ZERO", overflow: "AP_SAT" });

const NO_PADDING: Padding = { top: 0, left: 0, bottom: 0, right: 0, value: "absent" };
const PADDING: Padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };

/** Nodes are named as the steps of the released accelerator, with _ for a dot. */
export function fracbnnGraph(parameters: ReadonlyMap<string, Parameter>): UntypedGraph {
  const nodes: Node[] = [];
  const add: Add = (name, kind, inputs, attributes = {}) => {
    nodes.push(Object.freeze({ name, kind, inputs: Object.freeze(inputs), attributes: Object.freeze(attributes) }));
    return name;
  };
  const head = STAGES.reduce((input, stage) => addStage(add, stage, input), addStem(add));
  const output = addHead(add, head);
  const input = { name: "image", shape: [3, 32, 32], type: unsignedInteger(8) } as const;
  return { name: "fracnet", input, nodes, output, parameters };
}

/** Adds a node and gives its name. */
type Add = (name: string, kind: string, inputs: string[], attributes?: Node["attributes"]) => string;

function addStem(add: Add): string {
  const encoded = add("encode", "thermometer", ["image"], { levels: 32, step: 8, rounding: "AP_RND_CONV" });
  const sum = add("conv1", "conv2d", [encoded], {
    weight: "conv1.weight",
    stride: [1, 1],
    padding: PADDING,
    groups: 1,
  });
  return add("bn1", "affine", [sum], { scale: "bn1.scale", bias: "bn1.bias", type: rounded(MAP) });
}

function addStage(add: Add, stage: Stage, input: string): string {
  const { name, tensors } = stage;
  const type = rounded(MAP);
  const scaled = (step: string, from: string, norm: string) =>
    add(`${name}_${step}`, "affine", [from], {
      scale: `${tensors}.${norm}.scale`,
      bias: `${tensors}.${norm}.bias`,
      type,
    });
  const shifted = (step: string, from: string, constant: string) =>
    add(`${name}_${step}`, "add-constant", [from], { constant: `${tensors}.${constant}`, type });
  // (x + 1) * 1.5, brought to 0..3.
  const quant = { scale: "const.quant_scale", bias: "const.quant_scale", type: rounded(CODE) };
  const code = add(`${name}_qin`, "affine", [input], quant);
  const sum = addGatedConvolution(add, stage, code);
  const moved = shifted("shift_x", scaled("bn_a", sum, "bn_a"), "shift_x");
  const bent = add(`${name}_prelu`, "prelu", [moved], { slope: `${tensors}.slope`, type });
  const activation = shifted("act", bent, "shift_y");
  const joined = add(`${name}_add`, "add", [addShortcut(add, stage, input), activation], { type });
  return scaled("out", joined, "bn_b");
}

function addGatedConvolution(add: Add, { name, tensors, stride }: Stage, code: string): string {
  return add(`${name}_conv`, "gated-conv2d", [code], {
    weight: `${tensors}.weight`,
    threshold: `${tensors}.threshold`,
    highScale: "const.msb_scale",
    lowScale: "const.lsb_scale",
    stride: [stride, stride],
    padding: PADDING,
    groups: 1,
    type: rounded(MAP),
  });
}

/** Where the map shrinks and the channels double, each channel's average stands for two channels. */
function addShortcut(add: Add, { name, stride }: Stage, input: string): string {
  if (stride === 1) return input;
  const window = { kernel: [2, 2], stride: [2, 2], padding: NO_PADDING };
  const mean = add(`${name}_mean`, "average-pool", [input], { ...window, accumulator: rounded(MAP), type: cut(MAP) });
  return add(`${name}_shortcut`, "concat", [mean, mean]);
}

function addHead(add: Add, input: string): string {
  const pool = add("pool", "global-average-pool", [input], { accumulator: rounded(SUM), type: cut(SUM) });
  const features = add("features", "quantize", [pool], { type: rounded(MAP) });
  const linear = { weight: "linear.weight", bias: "linear.bias", accumulator: rounded(MAP) };
  return add("logits", "dense", [features], linear);
}
