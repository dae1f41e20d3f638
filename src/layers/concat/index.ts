import { z } from "zod";
import { inputsDiffer } from "../../diagnostics.ts";
import { inputOf } from "../../ir/checks.ts";
import { formatType, sameType } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext, Report } from "../../ir/layer.ts";
import { realByReference } from "../../ir/real.ts";
import { formatShape, storeRaws } from "../../ir/tensor.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { rtl } from "./rtl.ts";

const attributes = z.strictObject({});
type Concat = z.output<typeof attributes>;

export const concat: Layer<Concat> = {
  kind: "concat",
  summary: "channels side by side, in the order of the inputs",
  attributes,
  arity: [2, 64],
  parameters: () => ({}),
  infer,
  reference,
  real: { resultType: () => "same", readsExact: false, evaluate: realByReference(reference) },
  range: (_context, _output, inputs) => ({
    fraction: inputs[0]!.fraction,
    low: inputs.flatMap(({ low }) => low),
    high: inputs.flatMap(({ high }) => high),
  }),
  hardware,
  hls,
  rtl,
};

function reference(_context: LayerContext<Concat>, output: Stream): Evaluate {
  return (inputs) => ({
    ...output,
    data: storeRaws(
      inputs.map(({ data }) => data),
      output.type,
    ),
  });
}

function infer(context: LayerContext<Concat>, report: Report): Stream {
  const first = inputOf(context);
  const [, height, width] = first.shape;
  for (const [i, { shape, type }] of context.inputs.entries()) {
    const path = `${context.path}.inputs[${i}]`;
    if (!sameType(type, first.type)) report(inputsDiffer(path, "type", formatType(first.type), formatType(type)));
    if (shape[1] !== height || shape[2] !== width)
      report(inputsDiffer(path, "height and width", formatShape(first.shape.slice(1)), formatShape(shape.slice(1))));
  }
  return { shape: [context.inputs.reduce((sum, { shape }) => sum + shape[0], 0), height, width], type: first.type };
}
