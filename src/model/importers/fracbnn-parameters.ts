/** The tensors of a FracBNN release: its tables of numbers, unpacked and rounded as its C++ would. */
import { headerValue } from "../../diagnostics.ts";
import { BIPOLAR, fixed, maxRaw, minRaw } from "../../ir/data-type.ts";
import type { Report } from "../../ir/layer.ts";
import type { Parameter } from "../../ir/parameter.ts";
import type { CArray } from "./c-arrays.ts";
import type { CNumber } from "./c-numbers.ts";
import type { Headers } from "./fracbnn-headers.ts";
import type { Stage } from "./fracbnn-stages.ts";
import { COLOURS, GROUP, GROUPS, STAGES } from "./fracbnn-stages.ts";

/** FIX_WT of the release: ap_fixed<12,4,AP_RND,AP_SAT>. */
const FIX_WT = fixed(true, 12, 8);
/** What is left of a FIX_WT when it is converted to 7 fraction bits: the classifier does so. */
const CLASSIFIER = fixed(true, 12, 7);
const WORD_BITS = 64;
const KERNEL = 3;
/** Thermometer bits of a colour. */
const LEVELS = 32;
const FEATURES = 64;

/** Values in a release whose headers do not state them. */
const CONSTANTS = { msb_scale: 2 / 3, lsb_scale: 1 / 3, quant_scale: 1.5 };

type Parameters = Map<string, Parameter>;

/** By name; what is wrong in the headers is reported and left out. */
export function readTensors(headers: Headers, report: Report): Parameters {
  const parameters: Parameters = new Map();
  const words = packedWords(headers, report);
  if (words) parameters.set("conv1.weight", firstWeights(words));
  perChannel(headers, parameters, GROUP, { "bn1.scale": "bn1_weight", "bn1.bias": "bn1_bias" });
  for (const stage of STAGES) {
    if (words) parameters.set(`${stage.tensors}.weight`, stageWeights(words, stage));
    perChannel(headers, parameters, stage.outputs, tablesOf(stage));
  }
  checkUnusedBits(words, report);
  for (const [name, value] of Object.entries(CONSTANTS)) {
    const stated = headers.scalar(name)?.values[0] ?? value;
    parameters.set(`const.${name}`, parameter(FIX_WT, [1], [toFixWt(stated)]));
  }
  classifier(headers, parameters);
  return parameters;
}

/** Tensors of a stage and their tables in the header. */
function tablesOf({ tensors, block, half }: Stage): Record<string, string> {
  const activation = `${block}_rprelu${half}`;
  const [inner, outer] = [`${block}_bn${half}`, `${block}_bn${half + 2}`];
  return {
    [`${tensors}.threshold`]: `${block}_conv${half}_threshold`,
    [`${tensors}.bn_a.scale`]: `${inner}_weight`,
    [`${tensors}.bn_a.bias`]: `${inner}_bias`,
    [`${tensors}.shift_x`]: `${activation}_shift_x_bias`,
    [`${tensors}.slope`]: `${activation}_prelu_weight`,
    [`${tensors}.shift_y`]: `${activation}_shift_y_bias`,
    [`${tensors}.bn_b.scale`]: `${outer}_weight`,
    [`${tensors}.bn_b.bias`]: `${outer}_bias`,
  };
}

/** Tables `[4][16]`, of which channel c is element c in row-major order. */
function perChannel(headers: Headers, parameters: Parameters, channels: number, tables: Record<string, string>): void {
  for (const [tensor, table] of Object.entries(tables)) {
    const found = headers.array(`${table}_fix`, `at least ${channels} values`, (shape) => size(shape) >= channels);
    if (found) parameters.set(tensor, parameter(FIX_WT, [channels], found.values.slice(0, channels).map(toFixWt)));
  }
}

function classifier(headers: Headers, parameters: Parameters): void {
  const isMatrix = (shape: readonly number[]) => shape.length === 2 && shape[1] === FEATURES;
  const weight = headers.array("linear_weight_fix", `[classes, ${FEATURES}]`, isMatrix);
  const classes = weight?.shape[0];
  const bias = headers.array(
    "linear_bias_fix",
    `[${classes ?? "classes"}]`,
    (shape) => size(shape) === (classes ?? size(shape)),
  );
  for (const [name, table] of [
    ["linear.weight", weight],
    ["linear.bias", bias],
  ] as const)
    if (table)
      parameters.set(
        name,
        parameter(
          CLASSIFIER,
          table.shape,
          table.values.map((v) => (toFixWt(v) + 1) >> 1),
        ),
      );
}

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

function parameter(type: typeof FIX_WT, shape: readonly number[], raws: readonly number[]): Parameter {
  return Object.freeze({ encoding: "fixed", shape, type, data: Int16Array.from(raws) });
}

/** Rounds to nearest, ties up, and saturates: exactly, where floor(x * 256 + 0.5) in doubles is not. */
function toFixWt(value: CNumber): number {
  const scaled = Number(value) * 2 ** FIX_WT.fraction;
  const floor = Math.floor(scaled);
  const rounded = scaled - floor >= 0.5 ? floor + 1 : floor;
  return Math.min(Math.max(rounded, Number(minRaw(FIX_WT))), Number(maxRaw(FIX_WT)));
}

/** `[group][output % 16][kernel row][kernel column]`; bit 63 - i of a word belongs to input i. */
function packedWords(headers: Headers, report: Report): CArray | undefined {
  const shape = [GROUPS, GROUP, KERNEL, KERNEL];
  const words = headers.array("conv_weight_all", `[${shape.join(", ")}]`, (actual) => String(actual) === String(shape));
  const wrong = words?.values.find((word) => typeof word !== "bigint" || BigInt.asUintN(WORD_BITS, word) !== word);
  if (!words || wrong === undefined) return words;
  report(headerValue(`${words.file}:${words.line}`, `${wrong} in conv_weight_all is no word of ${WORD_BITS} bits`));
  return undefined;
}

function firstWeights(words: CArray): Parameter {
  const inputs = COLOURS * LEVELS;
  return bits([GROUP, inputs, KERNEL, KERNEL], (output, input, tap) =>
    bitOf(words, Math.floor(input / LEVELS), output, tap, input % LEVELS),
  );
}

const stageWeights = (words: CArray, { group, inputs, outputs }: Stage): Parameter =>
  bits([outputs, inputs, KERNEL, KERNEL], (output, input, tap) =>
    bitOf(words, group + Math.floor(output / GROUP), output % GROUP, tap, input),
  );

function bitOf({ values }: CArray, group: number, row: number, tap: number, input: number): number {
  const word = values[(group * GROUP + row) * KERNEL * KERNEL + tap] as bigint;
  return Number((word >> BigInt(WORD_BITS - 1 - input)) & 1n);
}

function bits(
  shape: readonly [number, number, number, number],
  bit: (output: number, input: number, tap: number) => number,
): Parameter {
  const [outputs, inputs, height, width] = shape;
  const taps = height * width;
  const data = new Uint8Array(outputs * inputs * taps);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++)
      for (let tap = 0; tap < taps; tap++) data[(output * inputs + input) * taps + tap] = bit(output, input, tap);
  return Object.freeze({ encoding: "bipolar", shape, type: BIPOLAR, data });
}

/** The release counts bits of channels that do not exist; so they must be 0, as those of the activations are. */
function checkUnusedBits(words: CArray | undefined, report: Report): void {
  if (!words) return;
  const used = [...new Array<number>(COLOURS).fill(LEVELS), ...STAGES.flatMap(groupsOf)];
  const perGroup = words.values.length / GROUPS;
  const wrong = words.values.findIndex(
    (word, i) => BigInt.asUintN(WORD_BITS - (used[Math.floor(i / perGroup)] as number), word as bigint) !== 0n,
  );
  if (wrong < 0) return;
  const group = Math.floor(wrong / perGroup);
  const problem = `word ${wrong} of conv_weight_all (group ${group}) has bits for more than ${used[group]} input channels`;
  report(headerValue(`${words.file}:${words.line}`, problem));
}

const groupsOf = ({ outputs, inputs }: Stage): number[] => new Array<number>(outputs / GROUP).fill(inputs);
