import { z } from "zod";
import { inputType, tensorShape } from "../../diagnostics.ts";
import { fixedCast, NO_PADDING, padding, pair, tensorName } from "../../ir/attributes.ts";
import { checkBipolar, checkPerOutput, inputOf } from "../../ir/checks.ts";
import { checkConvolution, convolutionWindow } from "../../ir/convolution.ts";
import { formatType } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Layer, LayerContext, Report } from "../../ir/layer.ts";
import { CastWatch, narrowCast } from "../../ir/narrowing.ts";
import type { Range } from "../../ir/range.ts";
import { constantRange } from "../../ir/range.ts";
import { RangeArithmetic } from "../../ir/range-arithmetic.ts";
import { gatedSum } from "./gated-sum.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { evaluateReal, reference } from "./reference.ts";
import { rtl } from "./rtl.ts";

const attributes = z.strictObject({
  weight: tensorName,
  threshold: tensorName,
  highScale: tensorName,
  lowScale: tensorName,
  stride: pair.default([1, 1]),
  padding: padding.default(NO_PADDING),
  groups: z.int().min(1).default(1),
  type: fixedCast,
});
export type GatedConv2d = z.output<typeof attributes>;

export const gatedConv2d: Layer<GatedConv2d> = {
  kind: "gated-conv2d",
  summary:
    "FracBNN's precision-gated convolution: the low bit plane counts only where the high plane's sum passes a threshold",
  attributes,
  arity: [1, 1],
  parameters: ({ weight, threshold, highScale, lowScale }) => ({ weight, threshold, highScale, lowScale }),
  weight: ({ weight }) => weight,
  infer,
  reference,
  // `type` is the cast of the planes' sums, too: what comes out does not say what it must hold.
  real: { resultType: () => "given", readsExact: false, evaluate: evaluateReal },
  range,
  narrowed,
  hardware,
  hls,
  rtl,
};

function infer(context: LayerContext<GatedConv2d>, report: Report): Stream | undefined {
  const { weight, threshold, type } = context.attributes;
  checkCode(context, report);
  checkBipolar(context, "weight", context.parameter(weight), report);
  checkScale(context, "highScale", report);
  checkScale(context, "lowScale", report);
  if (!checkConvolution(context, report)) return undefined;
  const outputs = context.parameter(weight).shape[0] as number;
  checkPerOutput(context, "threshold", threshold, outputs, report);
  return { shape: [outputs, ...convolutionWindow(context).output], type: type.type };
}

/** `type` is the cast of several values. */
function narrowed(context: LayerContext<GatedConv2d>, _inputs: readonly Range[], keepType: boolean): GatedConv2d {
  const { weight, type } = context.attributes;
  const [outputs] = context.parameter(weight).shape as [number];
  const watch = new CastWatch(outputs);
  const sums = sumsOf(context, outputs);
  gatedSum(watch, context, sums, sums);
  return { ...context.attributes, type: narrowCast(type, watch.operands.get(type) ?? [], keepType) };
}

function range(context: LayerContext<GatedConv2d>, { shape: [outputs] }: Stream): Range {
  const sums = sumsOf(context, outputs);
  return gatedSum(new RangeArithmetic(outputs), context, sums, sums).y;
}

/** Both planes' sums lie between minus and plus the number of taps. */
function sumsOf(context: LayerContext<GatedConv2d>, outputs: number): Range {
  const { shape } = context.parameter(context.attributes.weight);
  const taps = BigInt(shape.slice(1).reduce((product, size) => product * size, 1));
  return constantRange(0, -taps, taps, outputs);
}

function checkCode(context: LayerContext<GatedConv2d>, report: Report): void {
  const type = formatType(inputOf(context).type);
  if (type !== "ap_uint<2>") report(inputType(`${context.path}.inputs[0]`, type, "a code of two bits, ap_uint<2>"));
}

function checkScale(context: LayerContext<GatedConv2d>, attribute: "highScale" | "lowScale", report: Report): void {
  const { shape, data } = context.parameter(context.attributes[attribute]);
  if (data.length !== 1) report(tensorShape(`${context.path}.attributes.${attribute}`, shape, "[1]"));
}
