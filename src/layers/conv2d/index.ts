import { z } from "zod";
import { widthLimit } from "../../diagnostics.ts";
import { fixedCast, NO_PADDING, padding, pair, tensorName } from "../../ir/attributes.ts";
import { inputOf } from "../../ir/checks.ts";
import { checkConvolution, convolutionWindow } from "../../ir/convolution.ts";
import { MAX_WIDTH } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Layer, LayerContext, Report } from "../../ir/layer.ts";
import { narrowAccumulator } from "../../ir/narrowing-sums.ts";
import type { Range } from "../../ir/range.ts";
import { fullRange, typeOfRange } from "../../ir/range.ts";
import { RangeArithmetic } from "../../ir/range-arithmetic.ts";
import { sumRange } from "../../ir/weighted-sum.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { evaluateReal, reference } from "./reference.ts";
import { rtl } from "./rtl.ts";

const attributes = z.strictObject({
  weight: tensorName,
  bias: tensorName.optional(),
  stride: pair.default([1, 1]),
  padding: padding.default(NO_PADDING),
  groups: z.int().min(1).default(1),
  accumulator: fixedCast.optional(),
});
export type Conv2d = z.output<typeof attributes>;

export const conv2d: Layer<Conv2d> = {
  kind: "conv2d",
  summary: "2-D convolution (correlation) with any weight encoding, stride, padding and groups",
  attributes,
  arity: [1, 1],
  parameters: ({ weight, bias }) => ({ weight, bias }),
  weight: ({ weight }) => weight,
  infer,
  reference,
  real: {
    resultType: ({ accumulator }) => (accumulator ? "given" : "exact"),
    readsExact: false,
    holdsRaws: ({ padding }) => padding.value !== "absent" && padding.value !== 0,
    evaluate: evaluateReal,
  },
  range: (context, _output, [input]) => range(context, input as Range),
  narrowed,
  hardware,
  hls,
  rtl,
};

function infer(context: LayerContext<Conv2d>, report: Report): Stream | undefined {
  if (!checkConvolution(context, report)) return undefined;
  const { weight, accumulator } = context.attributes;
  const { shape, type } = inputOf(context);
  const { output } = convolutionWindow(context);
  const outputShape = [context.parameter(weight).shape[0] as number, ...output] as const;
  if (accumulator) return { shape: outputShape, type: accumulator.type };
  const exact = typeOfRange(range(context, fullRange(type, shape[0])));
  if (exact.width <= MAX_WIDTH) return { shape: outputShape, type: exact };
  report(widthLimit(context.path, exact.width));
  return undefined;
}

function range(context: LayerContext<Conv2d>, input: Range): Range {
  const { accumulator, padding } = context.attributes;
  const { rows, outputs } = rowsOf(context);
  if (accumulator) return fullRange(accumulator.type, outputs);
  return sumRange(rows, outputs, withPadding(input, padding.value));
}

function narrowed(context: LayerContext<Conv2d>, [input]: readonly Range[], keepType: boolean): Conv2d {
  const { accumulator, padding } = context.attributes;
  if (!accumulator) return context.attributes;
  const { rows, outputs } = rowsOf(context);
  const seen = withPadding(input as Range, padding.value);
  return { ...context.attributes, accumulator: narrowAccumulator(accumulator, rows, outputs, seen, keepType) };
}

function rowsOf({ attributes: { weight: name, bias }, parameter }: LayerContext<Conv2d>) {
  const weight = parameter(name);
  const outputs = weight.shape[0] as number;
  const rows = { weight, bias: bias === undefined ? undefined : parameter(bias), taps: weight.data.length / outputs };
  return { rows, outputs };
}

/** The input's interval with the constant that padded taps show. */
function withPadding(input: Range, value: "absent" | number): Range {
  if (value === "absent") return input;
  const arithmetic = new RangeArithmetic(input.low.length);
  return arithmetic.union(input, arithmetic.constant(BigInt(value), input.fraction));
}
