import { packedConvolution, packMap } from "../../ir/bit-packed.ts";
import { inputOf } from "../../ir/checks.ts";
import { convolutionWindow } from "../../ir/convolution.ts";
import { numeric } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, LayerContext } from "../../ir/layer.ts";
import type { EvaluateReal, ValuesOf } from "../../ir/real.ts";
import { realByReference } from "../../ir/real.ts";
import { realSum } from "../../ir/real-sum.ts";
import type { Raws, Tensor } from "../../ir/tensor.ts";
import { storeRaws } from "../../ir/tensor.ts";
import type { MakeSum } from "../../ir/weighted-sum.ts";
import { weightedSum } from "../../ir/weighted-sum.ts";
import { tapValues, windowIndices } from "../../ir/window.ts";
import type { Conv2d } from "./index.ts";

export function reference(context: LayerContext<Conv2d>, output: Stream): Evaluate {
  const { weight, bias, groups, accumulator } = context.attributes;
  const bipolar = inputOf(context).type.kind === "bipolar" && context.parameter(weight).encoding === "bipolar";
  if (bipolar && groups === 1 && bias === undefined && !accumulator) return bitPacked(context, output);
  return general(context, output);
}

function bitPacked(context: LayerContext<Conv2d>, output: Stream): Evaluate {
  const { weight, padding } = context.attributes;
  const outside = padding.value === "absent" ? undefined : padding.value === 1 ? 1 : 0;
  const convolve = packedConvolution(
    inputOf(context).shape,
    convolutionWindow(context),
    context.parameter(weight),
    outside,
  );
  return ([input]) => ({ ...output, data: convolve(packMap(input as Tensor, 1, 1)) });
}

function general(context: LayerContext<Conv2d>, output: Stream): Evaluate {
  const { padding, accumulator } = context.attributes;
  const { fraction, width } = numeric(inputOf(context).type);
  const outside = padding.value === "absent" ? 0 : padding.value;
  return overGroups(context, output, outside, (rows, order) =>
    weightedSum({ rows, inputFraction: fraction, inputBits: width + 1, accumulator }, order),
  );
}

/** On real numbers; a constant in the padding is a raw of the input's type. */
export function evaluateReal(context: LayerContext<Conv2d>, output: Stream, valuesOf: ValuesOf): EvaluateReal {
  const { value } = context.attributes.padding;
  const outside = value === "absent" ? 0 : value * 2 ** -numeric(inputOf(context).type).fraction;
  const reference = (plain: LayerContext<Conv2d>, stream: Stream) =>
    overGroups(plain, stream, outside, (rows, order) => realSum(rows, order, valuesOf));
  return realByReference(reference)(context, output, valuesOf);
}

/** Taps are gathered once per group; products are accumulated in the order kernel row, kernel column, channel. */
function overGroups(context: LayerContext<Conv2d>, output: Stream, outside: number, makeSum: MakeSum): Evaluate {
  const { weight, bias, groups } = context.attributes;
  const input = inputOf(context);
  const window = convolutionWindow(context);
  const indices = windowIndices(input.shape, window);
  const [kernel, pixels] = [window.kernel[0] * window.kernel[1], window.output[0] * window.output[1]];
  const [channels, outputs] = [input.shape[0] / groups, output.shape[0] / groups];
  const taps = kernel * channels;
  const order = Int32Array.from({ length: taps }, (_, t) => (t % channels) * kernel + Math.floor(t / channels));
  const rows = {
    weight: context.parameter(weight),
    bias: bias === undefined ? undefined : context.parameter(bias),
    taps,
  };
  const sum = makeSum(rows, order);
  return ([image]) => {
    const results: Raws[] = [];
    for (let g = 0; g < groups; g++) {
      const seen = Array.from(order, (_, t) => {
        const tap = Math.floor(t / channels);
        const channel = g * channels + (t % channels);
        return tapValues(image as Tensor, channel, indices.subarray(tap * pixels, (tap + 1) * pixels), outside);
      });
      for (let o = 0; o < outputs; o++) results.push(sum(g * outputs + o, seen));
    }
    return { ...output, data: storeRaws(results, output.type) };
  };
}
