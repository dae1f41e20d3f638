import { z } from "zod";
import { fixedCast } from "../../ir/attributes.ts";
import { averageRange, averager, narrowAverage } from "../../ir/averaging.ts";
import { inputOf } from "../../ir/checks.ts";
import { signedBits } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext } from "../../ir/layer.ts";
import type { Range } from "../../ir/range.ts";
import type { EvaluateReal, ResultType, ValuesOf } from "../../ir/real.ts";
import { RealArithmetic } from "../../ir/real-arithmetic.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { makeRaws } from "../../ir/tensor.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { rtl } from "./rtl.ts";

const attributes = z.strictObject({ accumulator: fixedCast.optional(), type: fixedCast });
export type GlobalAveragePool = z.output<typeof attributes>;

export const globalAveragePool: Layer<GlobalAveragePool> = {
  kind: "global-average-pool",
  summary: "average of the whole map of each channel",
  attributes,
  arity: [1, 1],
  parameters: () => ({}),
  infer: (context) => ({ shape: [inputOf(context).shape[0], 1, 1], type: context.attributes.type.type }),
  reference,
  real: { attributes: attributes.partial({ type: true }), resultType, readsExact: false, evaluate: evaluateReal },
  range: (context, output, [input]) =>
    averageRange(input as Range, pixelsOf(context), output.shape[0], context.attributes),
  narrowed: (context, [input], keepType) =>
    narrowAverage(input as Range, pixelsOf(context), context.attributes, keepType),
  hardware,
  hls,
  rtl,
};

function pixelsOf(context: LayerContext<GlobalAveragePool>): number {
  const [, height, width] = inputOf(context).shape;
  return height * width;
}

function resultType({ type }: Partial<GlobalAveragePool>): ResultType {
  return type ? "given" : "open";
}

function evaluateReal(context: LayerContext<GlobalAveragePool>, output: Stream, valuesOf: ValuesOf): EvaluateReal {
  const arithmetic = new RealArithmetic(output.shape, valuesOf);
  const [channels] = inputOf(context).shape;
  const pixels = pixelsOf(context);
  return ([data]) => {
    const average = Float64Array.from({ length: channels }, (_, c) => {
      const map = (data as Float64Array).subarray(c * pixels, (c + 1) * pixels);
      return map.reduce((sum, value) => sum + value, 0) / pixels;
    });
    return arithmetic.cast(average, context.attributes.type);
  };
}

function reference(context: LayerContext<GlobalAveragePool>, output: Stream): Evaluate {
  const { shape, type } = inputOf(context);
  const pixels = pixelsOf(context);
  const [channels] = shape;
  const average = averager(output.shape, type, pixels, context.attributes);
  return ([input]) => {
    const { data } = input as Tensor;
    const taps = Array.from({ length: pixels }, () => makeRaws(channels, signedBits(type)));
    for (let c = 0, i = 0; c < channels; c++) for (const tap of taps) tap[c] = data[i++] as never;
    return { ...output, data: average(taps) };
  };
}
