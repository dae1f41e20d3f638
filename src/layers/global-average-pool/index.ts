import { z } from "zod";
import { fixedCast } from "../../ir/attributes.ts";
import { average, averageRange } from "../../ir/averaging.ts";
import { inputOf } from "../../ir/checks.ts";
import { numeric } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext } from "../../ir/layer.ts";
import type { Range } from "../../ir/range.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { storeRaws } from "../../ir/tensor.ts";
import { TensorArithmetic } from "../../ir/tensor-arithmetic.ts";
import { hardware } from "./hardware.ts";

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
  range: (context, output, [input]) =>
    averageRange(input as Range, pixelsOf(context), output.shape[0], context.attributes),
  hardware,
};

function pixelsOf(context: LayerContext<GlobalAveragePool>): number {
  const [, height, width] = inputOf(context).shape;
  return height * width;
}

function reference(context: LayerContext<GlobalAveragePool>, output: Stream): Evaluate {
  const { shape, type } = inputOf(context);
  const pixels = pixelsOf(context);
  const arithmetic = new TensorArithmetic(output.shape);
  return ([input]) => {
    const { data } = input as Tensor;
    const pixel = (p: number) =>
      Array.from({ length: shape[0] }, (_, c) => data.slice(c * pixels + p, c * pixels + p + 1));
    const taps = Array.from({ length: pixels }, (_, p) =>
      arithmetic.tensor({ type, shape: output.shape, data: storeRaws(pixel(p), numeric(type)) }),
    );
    return { ...output, data: storeRaws([average(arithmetic, taps, context.attributes)], output.type) };
  };
}
