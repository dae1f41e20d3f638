import type { Arithmetic } from "../../ir/arithmetic.ts";
import type { PackedMap } from "../../ir/bit-packed.ts";
import { packedConvolution, packMap } from "../../ir/bit-packed.ts";
import { inputOf } from "../../ir/checks.ts";
import type { Values } from "../../ir/compiled-formula.ts";
import { compileFormula } from "../../ir/compiled-formula.ts";
import { convolutionWindow } from "../../ir/convolution.ts";
import { signedInteger } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Evaluate, LayerContext } from "../../ir/layer.ts";
import type { Parameter } from "../../ir/parameter.ts";
import type { EvaluateReal, ValuesOf } from "../../ir/real.ts";
import { RealArithmetic } from "../../ir/real-arithmetic.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { storeRaws } from "../../ir/tensor.ts";
import { gatedSum } from "./gated-sum.ts";
import type { GatedConv2d } from "./index.ts";

/** Sums of a plane of bipolar values are integers well below 2^31. */
const SUM = signedInteger(32);

export function reference(context: LayerContext<GatedConv2d>, output: Stream): Evaluate {
  const finish = compileFormula(output.shape, [SUM, SUM], <V>(arithmetic: Arithmetic<V>, [m, l0]: readonly V[]) => {
    const { l, y } = gatedSum(arithmetic, context, m as V, l0 as V);
    return [l, y];
  });
  const [high, low] = [planeConvolution(context, output, 1), planeConvolution(context, output, 0)];
  return ([input], tap) => {
    const m = high(input as Tensor);
    const l0 = low(input as Tensor);
    tap?.("high", m);
    const [l, y] = finish([m.data, l0.data]) as [Values, Values];
    tap?.("low", { ...m, data: storeRaws([l.data], SUM) });
    return { ...output, data: storeRaws([y.data], output.type) };
  };
}

/** The sums of the planes are integers here, too: the input has codes. */
export function evaluateReal(context: LayerContext<GatedConv2d>, output: Stream, valuesOf: ValuesOf): EvaluateReal {
  const input = inputOf(context);
  const planes = ([1, 0] as const).map((bit) => planeConvolution(context, output, bit));
  const arithmetic = new RealArithmetic(output.shape, valuesOf);
  return ([codes]) => {
    const [m, l0] = planes.map((plane) => plane({ ...input, data: codes as Float64Array }).data as Float64Array);
    return gatedSum(arithmetic, context, m as Float64Array, l0 as Float64Array).y;
  };
}

/** Convolution of the plane of bit 1 (high) or bit 0 (low) of the codes. */
function planeConvolution(context: LayerContext<GatedConv2d>, output: Stream, bit: 0 | 1): (codes: Tensor) => Tensor {
  const { weight, padding, groups } = context.attributes;
  const [channels, height, width] = inputOf(context).shape;
  const outside = padding.value === "absent" ? undefined : (((padding.value >> bit) & 1) as 0 | 1);
  const window = convolutionWindow(context);
  const shape = [channels / groups, height, width] as const;
  const convolve = groupsOf(context.parameter(weight), groups).map((part) =>
    packedConvolution(shape, window, part, outside),
  );
  const pixels = height * width;
  return ({ data }) => {
    const planes: PackedMap[] = convolve.map((_, g) => {
      const codes = data.slice(g * shape[0] * pixels, (g + 1) * shape[0] * pixels);
      return packMap({ ...inputOf(context), shape, data: codes }, bit, 0);
    });
    const sums = planes.map((plane, g) => convolve[g]!(plane));
    return { type: SUM, shape: output.shape, data: storeRaws(sums, SUM) };
  };
}

/** The weights of each group. */
function groupsOf(weight: Parameter, groups: number): Parameter[] {
  const [outputs, ...rest] = weight.shape as [number, ...number[]];
  const size = weight.data.length / groups;
  return Array.from({ length: groups }, (_, g) => ({
    ...weight,
    shape: [outputs / groups, ...rest],
    data: weight.data.slice(g * size, (g + 1) * size),
  }));
}
