import { z } from "zod";
import { rounding } from "../../ir/attributes.ts";
import type { Rounding } from "../../ir/cast.ts";
import { divideRounded } from "../../ir/cast.ts";
import { checkUnsignedInteger, inputOf } from "../../ir/checks.ts";
import { BIPOLAR } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext, Report } from "../../ir/layer.ts";
import { fullRange } from "../../ir/range.ts";
import { realByReference } from "../../ir/real.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { elements } from "../../ir/tensor.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { rtl } from "./rtl.ts";

const attributes = z.strictObject({
  levels: z.int().min(1).max(4096),
  step: z.int().min(1),
  rounding: rounding.default("AP_RND_CONV"),
});
export type Thermometer = z.output<typeof attributes>;

export const thermometer: Layer<Thermometer> = {
  kind: "thermometer",
  summary: "unsigned integer channel -> `levels` bipolar channels; the first round(x / step) of them are +1",
  attributes,
  arity: [1, 1],
  parameters: () => ({}),
  infer,
  reference,
  real: { resultType: () => "given", readsExact: false, evaluate: realByReference(reference) },
  range: (_context, output) => fullRange(BIPOLAR, output.shape[0]),
  hardware,
  hls,
  rtl,
};

function infer(context: LayerContext<Thermometer>, report: Report): Stream {
  checkUnsignedInteger(context, report);
  const { levels } = context.attributes;
  const [channels, height, width] = inputOf(context).shape;
  return { shape: [channels * levels, height, width], type: BIPOLAR, levels };
}

/** The smallest x for which channel b of an input channel is +1, for b = 0 to levels - 1: ascending, as rounding keeps the order. */
export function thermometerCuts({ levels, step, rounding }: Thermometer): bigint[] {
  return Array.from({ length: levels }, (_, b) => smallestReaching(BigInt(b + 1), BigInt(step), rounding));
}

/** The smallest x >= 0 with round(x / step) >= level. Rounding keeps the order, so bisection finds it. */
function smallestReaching(level: bigint, step: bigint, mode: Rounding): bigint {
  let [below, reaching] = [(level - 1n) * step - 1n, level * step];
  while (reaching - below > 1n) {
    const middle = (below + reaching) >> 1n;
    if (divideRounded(middle, step, mode) >= level) reaching = middle;
    else below = middle;
  }
  return reaching;
}

function reference(context: LayerContext<Thermometer>, output: Stream): Evaluate {
  const { levels } = context.attributes;
  const [channels, height, width] = inputOf(context).shape;
  const pixels = height * width;
  const cuts = thermometerCuts(context.attributes).map(Number);
  return ([input]) => {
    const { data } = input as Tensor;
    const bits = new Float64Array(elements(output.shape));
    for (let c = 0; c < channels; c++)
      for (let b = 0; b < levels; b++) {
        const [cut, from, to] = [cuts[b] as number, c * pixels, (c * levels + b) * pixels];
        for (let p = 0; p < pixels; p++) bits[to + p] = Number(data[from + p]) >= cut ? 1 : -1;
      }
    return { ...output, data: bits };
  };
}
