import { z } from "zod";
import { tensorShape, widthLimit } from "../../diagnostics.ts";
import { fixedCast, tensorName } from "../../ir/attributes.ts";
import { checkPerOutput, inputOf } from "../../ir/checks.ts";
import { MAX_WIDTH, numeric } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext, Report } from "../../ir/layer.ts";
import { narrowAccumulator } from "../../ir/narrowing-sums.ts";
import type { Range } from "../../ir/range.ts";
import { fullRange, typeOfRange } from "../../ir/range.ts";
import type { EvaluateReal, ValuesOf } from "../../ir/real.ts";
import { realByReference } from "../../ir/real.ts";
import { realSum } from "../../ir/real-sum.ts";
import type { Raws, Tensor } from "../../ir/tensor.ts";
import { elements, storeRaws } from "../../ir/tensor.ts";
import type { MakeSum } from "../../ir/weighted-sum.ts";
import { sumRange, weightedSum } from "../../ir/weighted-sum.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { rtl } from "./rtl.ts";

const attributes = z.strictObject({
  weight: tensorName,
  bias: tensorName.optional(),
  accumulator: fixedCast.optional(),
});
export type Dense = z.output<typeof attributes>;

export const dense: Layer<Dense> = {
  kind: "dense",
  summary: "fully connected layer over the flattened map, with any weight encoding",
  attributes,
  arity: [1, 1],
  parameters: ({ weight, bias }) => ({ weight, bias }),
  weight: ({ weight }) => weight,
  infer,
  reference,
  real: {
    resultType: ({ accumulator }) => (accumulator ? "given" : "exact"),
    readsExact: false,
    evaluate: evaluateReal,
  },
  range: (context, _output, [input]) => range(context, input as Range),
  narrowed,
  hardware,
  hls,
  rtl,
};

function infer(context: LayerContext<Dense>, report: Report): Stream | undefined {
  const { weight, bias, accumulator } = context.attributes;
  const { shape, type } = inputOf(context);
  const weightShape = context.parameter(weight).shape;
  const [outputs, columns] = weightShape;
  if (weightShape.length !== 2 || columns !== elements(shape)) {
    report(tensorShape(`${context.path}.attributes.weight`, weightShape, `[outputs, ${elements(shape)}]`));
    return undefined;
  }
  if (bias !== undefined) checkPerOutput(context, "bias", bias, outputs as number, report);
  const exact = accumulator?.type ?? typeOfRange(range(context, fullRange(type, shape[0])));
  if (exact.width > MAX_WIDTH) report(widthLimit(context.path, exact.width));
  return { shape: [outputs as number, 1, 1], type: exact };
}

function rowsOf({ attributes: { weight, bias }, parameter }: LayerContext<Dense>) {
  const rows = parameter(weight);
  return { weight: rows, bias: bias === undefined ? undefined : parameter(bias), taps: rows.shape[1] as number };
}

function range(context: LayerContext<Dense>, input: Range): Range {
  const { accumulator } = context.attributes;
  const rows = rowsOf(context);
  const outputs = rows.weight.shape[0] as number;
  return accumulator ? fullRange(accumulator.type, outputs) : sumRange(rows, outputs, input);
}

function narrowed(context: LayerContext<Dense>, [input]: readonly Range[], keepType: boolean): Dense {
  const { accumulator } = context.attributes;
  if (!accumulator) return context.attributes;
  const rows = rowsOf(context);
  const outputs = rows.weight.shape[0] as number;
  const smaller = narrowAccumulator(accumulator, rows, outputs, input as Range, keepType);
  return { ...context.attributes, accumulator: smaller };
}

function reference(context: LayerContext<Dense>, output: Stream): Evaluate {
  const { fraction, width } = numeric(inputOf(context).type);
  const { accumulator } = context.attributes;
  return overOutputs(context, output, (rows, order) =>
    weightedSum({ rows, inputFraction: fraction, inputBits: width + 1, accumulator }, order),
  );
}

function evaluateReal(context: LayerContext<Dense>, output: Stream, valuesOf: ValuesOf): EvaluateReal {
  const reference = (plain: LayerContext<Dense>, stream: Stream) =>
    overOutputs(plain, stream, (rows, order) => realSum(rows, order, valuesOf));
  return realByReference(reference)(context, output, valuesOf);
}

/** Accumulates in the order row, column, channel, in which the elements stream in. */
function overOutputs(context: LayerContext<Dense>, output: Stream, makeSum: MakeSum): Evaluate {
  const { shape } = inputOf(context);
  const [channels, height, width] = shape;
  const pixels = height * width;
  const order = Int32Array.from(
    { length: elements(shape) },
    (_, t) => (t % channels) * pixels + Math.floor(t / channels),
  );
  const sum = makeSum(rowsOf(context), order);
  return ([input]) => {
    const { data } = input as Tensor;
    const taps: Raws[] = Array.from(order, (i) => data.slice(i, i + 1));
    return {
      ...output,
      data: storeRaws(
        Array.from({ length: output.shape[0] }, (_, o) => sum(o, taps)),
        output.type,
      ),
    };
  };
}
