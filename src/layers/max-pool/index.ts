import { z } from "zod";
import { attributeValue } from "../../diagnostics.ts";
import { NO_PADDING, padding, pair } from "../../ir/attributes.ts";
import { checkWindow, inputOf } from "../../ir/checks.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, Layer, LayerContext, Report } from "../../ir/layer.ts";
import type { Range } from "../../ir/range.ts";
import { realByReference } from "../../ir/real.ts";
import type { Raws, Tensor } from "../../ir/tensor.ts";
import { storeRaws } from "../../ir/tensor.ts";
import { windowIndices } from "../../ir/window.ts";
import { hardware } from "./hardware.ts";
import { hls } from "./hls.ts";
import { rtl } from "./rtl.ts";
import { windowOf } from "./windowing.ts";

const attributes = z.strictObject({ kernel: pair, stride: pair.default([1, 1]), padding: padding.default(NO_PADDING) });
export type MaxPool = z.output<typeof attributes>;

export const maxPool: Layer<MaxPool> = {
  kind: "max-pool",
  summary: "maximum over a sliding window; padded taps do not take part",
  attributes,
  arity: [1, 1],
  parameters: () => ({}),
  infer,
  reference,
  real: { resultType: () => "same", readsExact: true, evaluate: realByReference(reference) },
  range: (_context, _output, [input]) => input as Range,
  hardware,
  hls,
  rtl,
};

function infer(context: LayerContext<MaxPool>, report: Report): Stream {
  const { padding } = context.attributes;
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
  return { shape: [inputOf(context).shape[0], ...window.output], type: inputOf(context).type };
}

function reference(context: LayerContext<MaxPool>, output: Stream): Evaluate {
  const [channels, height, width] = inputOf(context).shape;
  const window = windowOf(context);
  const indices = windowIndices(inputOf(context).shape, window);
  const pixels = window.output[0] * window.output[1];
  return ([input]) => {
    const { data } = input as Tensor;
    const maxima = Array.from({ length: channels }, (_, c): Raws => {
      const map = data.slice(c * height * width, (c + 1) * height * width);
      const best = Array.from({ length: pixels }, (_, p) => maximum(map, indices, p, pixels));
      return typeof best[0] === "bigint" ? (best as bigint[]) : Float64Array.from(best as number[]);
    });
    return { ...output, data: storeRaws(maxima, output.type) };
  };
}

/** Over all taps of output pixel p that lie inside the map. */
function maximum(map: Raws, indices: Int32Array, p: number, pixels: number): number | bigint {
  let best: number | bigint | undefined;
  for (let i = p; i < indices.length; i += pixels) {
    const index = indices[i] as number;
    if (index < 0) continue;
    const raw = map[index] as number | bigint;
    if (best === undefined || raw > best) best = raw;
  }
  return best as number | bigint;
}
