import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import type { Sums } from "../../ir/sums.ts";
import type { Dense } from "./index.ts";

/** What both back ends compute. */
export function denseSums(context: LayerContext<Dense>, options: { folding: Folding; output: Stream }): Sums {
  const { weight, bias, accumulator } = context.attributes;
  const input = inputOf(context);
  const [channels, height, width] = input.shape;
  return {
    name: context.name,
    weight: context.parameter(weight),
    bias: bias === undefined ? undefined : context.parameter(bias),
    accumulator,
    input,
    shape: { ...options.folding, outputs: options.output.shape[0], channels, taps: height * width },
    groups: 1,
    signs: false,
    borders: undefined,
    kernel: [height, width],
    bits: bitWidth(options.output.type),
  };
}
