import { z } from "zod";
import { attributeValue } from "../../diagnostics.ts";
import { fixedCast, NO_PADDING, padding, pair } from "../../ir/attributes.ts";
import { averageRange, averager, narrowAverage } from "../../ir/averaging.ts";
import { checkWindow, inputOf } from "../../ir/checks.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext, Report } from "../../ir/layer.ts";
import type { Range } from "../../ir/range.ts";
import type { EvaluateReal, ResultType, ValuesOf } from "../../ir/real.ts";
import { RealArithmetic } from "../../ir/real-arithmetic.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { storeRaws } from "../../ir/tensor.ts";
import { tapValues, windowIndices } from "../../ir/window.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { rtl } from "./rtl.ts";
import { windowOf } from "./windowing.ts";

const attributes = z.strictObject({
  kernel: pair,
  stride: pair.default([1, 1]),
  padding: padding.default(NO_PADDING),
  accumulator: fixedCast.optional(),
  type: fixedCast,
});
export type AveragePool = z.output<typeof attributes>;

export const averagePool: Layer<AveragePool> = {
  kind: "average-pool",
  summary: "average over a sliding window: a cast after every addition, then one rounded division",
  attributes,
  arity: [1, 1],
  parameters: () => ({}),
  infer,
  reference,
  real: { attributes: attributes.partial({ type: true }), resultType, readsExact: false, evaluate: evaluateReal },
  range: ({ attributes }, output, [input]) =>
    averageRange(input as Range, attributes.kernel[0] * attributes.kernel[1], output.shape[0], attributes),
  narrowed: ({ attributes }, [input], keepType) =>
    narrowAverage(input as Range, attributes.kernel[0] * attributes.kernel[1], attributes, keepType),
  hardware,
  hls,
  rtl,
};

function infer(context: LayerContext<AveragePool>, report: Report): Stream {
  const { padding, type } = context.attributes;
  const window = windowOf(context);
  checkWindow(context, window, padding, report);
  if (padding.value !== "absent")
    report(
      attributeValue(
        `${context.path}.attributes.padding.value`,
        "padded taps of a pool are always absent",
        'Leave `value` out, or write "absent".',
      ),
    );
  return { shape: [inputOf(context).shape[0], ...window.output], type: type.type };
}

function resultType({ type }: Partial<AveragePool>): ResultType {
  return type ? "given" : "open";
}

/** Padded taps are 0, and are counted. */
function evaluateReal(context: LayerContext<AveragePool>, output: Stream, valuesOf: ValuesOf): EvaluateReal {
  const input = inputOf(context);
  const window = windowOf(context);
  const indices = windowIndices(input.shape, window);
  const arithmetic = new RealArithmetic(output.shape, valuesOf);
  const [pixels, count] = [window.output[0] * window.output[1], window.kernel[0] * window.kernel[1]];
  return ([data]) => {
    const average = new Float64Array(output.shape[0] * pixels);
    for (let c = 0; c < output.shape[0]; c++) {
      const seen = tapValues({ ...input, data: data as Float64Array }, c, indices, 0) as Float64Array;
      for (const [i, value] of seen.entries()) (average[c * pixels + (i % pixels)] as number) += value / count;
    }
    return arithmetic.cast(average, context.attributes.type);
  };
}

function reference(context: LayerContext<AveragePool>, output: Stream): Evaluate {
  const { shape, type } = inputOf(context);
  const window = windowOf(context);
  const indices = windowIndices(shape, window);
  const pixels = window.output[0] * window.output[1];
  const count = indices.length / pixels;
  const average = averager(output.shape, type, count, context.attributes);
  return ([input]) => {
    const taps = Array.from({ length: count }, (_, t) => {
      const seen = indices.subarray(t * pixels, (t + 1) * pixels);
      const maps = Array.from({ length: shape[0] }, (_, c) => tapValues(input as Tensor, c, seen, 0));
      return storeRaws(maps, type);
    });
    return { ...output, data: average(taps) };
  };
}
