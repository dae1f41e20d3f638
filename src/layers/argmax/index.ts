import { z } from "zod";
import { inputOf } from "../../ir/checks.ts";
import { smallestType } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext } from "../../ir/layer.ts";
import { constantRange } from "../../ir/range.ts";
import { realByReference } from "../../ir/real.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { rtl } from "./rtl.ts";

const attributes = z.strictObject({});
type Argmax = z.output<typeof attributes>;

export const argmax: Layer<Argmax> = {
  kind: "argmax",
  summary: "index of the largest channel; the first maximum wins",
  attributes,
  arity: [1, 1],
  parameters: () => ({}),
  infer,
  reference,
  real: { resultType: () => "given", readsExact: true, evaluate: realByReference(reference) },
  range: (context) => constantRange(0, 0n, BigInt(inputOf(context).shape[0] - 1), 1),
  hardware,
  hls,
  rtl,
};

function infer(context: LayerContext<Argmax>): Stream {
  const [channels, height, width] = inputOf(context).shape;
  return { shape: [1, height, width], type: smallestType(0n, BigInt(channels - 1), 0) };
}

function reference(context: LayerContext<Argmax>, output: Stream): Evaluate {
  const [channels, height, width] = inputOf(context).shape;
  const pixels = height * width;
  return ([input]) => {
    const { data } = input as Tensor;
    const winners = new Float64Array(pixels);
    for (let p = 0; p < pixels; p++)
      for (let c = 1; c < channels; c++)
        if (data[c * pixels + p]! > data[(winners[p] as number) * pixels + p]!) winners[p] = c;
    return { ...output, data: winners };
  };
}
