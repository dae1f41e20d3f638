/** Weighted sums of real numbers, for the layers that have weights. */
import type { ValuesOf } from "./real.ts";
import type { Raws } from "./tensor.ts";
import type { Rows } from "./weighted-sum.ts";

/** The sums of one output: `taps[t]` has a value for each pixel, and `order[t]` is its place in the row of weights. */
export function realSum({ weight, bias, taps: columns }: Rows, order: Int32Array, valuesOf: ValuesOf) {
  const weights = valuesOf(weight);
  const biases = bias && valuesOf(bias);
  return (output: number, taps: readonly Raws[]): Float64Array => {
    const sum = new Float64Array((taps[0] as Raws).length);
    if (biases) sum.fill(biases[biases.length === 1 ? 0 : output] as number);
    for (const [t, seen] of (taps as readonly Float64Array[]).entries()) {
      const factor = weights[output * columns + (order[t] as number)] as number;
      for (let p = 0; p < sum.length; p++) sum[p] = (sum[p] as number) + factor * (seen[p] as number);
    }
    return sum;
  };
}
