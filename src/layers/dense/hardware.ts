import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { allFoldings } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { finishedSums } from "../../ir/rtl/finish.ts";
import { sumsLatency } from "../../ir/rtl/sums.ts";
import { sumsParts } from "../../ir/rtl/sums-parts.ts";
import { elements } from "../../ir/tensor.ts";
import type { Dense } from "./index.ts";
import { denseSums } from "./sums.ts";

/** The input is kept while it streams in, and read again for every further group of `pe` outputs. */
export function hardware(context: LayerContext<Dense>, output: Stream): Hardware {
  const { shape } = inputOf(context);
  const [columns, [outputs]] = [elements(shape), output.shape];
  const bits = bitWidth(output.type);
  const sums = denseSums(context, { folding: { pe: 1, simd: 1 }, output });
  const parts = sumsParts(sums, output, { bits, planes: 1 }, sums.accumulator ? {} : { adder: bits });
  return {
    // With a cast after every product only one can be taken per cycle.
    foldings: allFoldings(outputs, context.attributes.accumulator ? 1 : columns),
    lanes: ({ pe, simd }) => ({ inputs: [simd], output: pe }),
    cycles: ({ pe, simd }) => (columns / simd) * (outputs / pe),
    parts,
    required:
      ({ simd }) =>
      () =>
        columns / simd,
    pace: (folding) => ({
      work: columns / folding.simd,
      latency: sumsLatency(sums, folding, 1) + finishedSums(denseSums(context, { folding, output }), output).depth,
    }),
  };
}
