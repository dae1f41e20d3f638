import { inputOf } from "../../ir/checks.ts";
import { allParts } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { allFoldings, memoize, withBlockRam } from "../../ir/hardware.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import { lanesParts } from "../../ir/rtl/elementwise.ts";
import { finishedSums } from "../../ir/rtl/finish.ts";
import { sumsLatency, weightParts } from "../../ir/rtl/sums.ts";
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
  const unit = sumsParts(sums, output, { bits, planes: 1 });
  const finish = (folding: Folding, lanes?: readonly number[]) =>
    finishedSums(denseSums(context, { folding, output }), output, lanes);
  const lane = memoize((pe: number) => lanesParts(pe, outputs / pe, (lanes) => finish({ pe, simd: 1 }, lanes)));
  return {
    // With a cast after every product only one can be taken per cycle.
    foldings: withBlockRam(allFoldings(outputs, context.attributes.accumulator ? 1 : columns), weightParts(sums, 1)),
    lanes: ({ pe, simd }) => ({ inputs: [simd], output: pe }),
    cycles: ({ pe, simd }) => (columns / simd) * (outputs / pe),
    parts: (folding) => allParts([unit(folding), lane(folding.pe)]),
    required:
      ({ simd }) =>
      () =>
        columns / simd,
    pace: (folding) => ({
      work: columns / folding.simd,
      holds: columns === folding.simd,
      latency: sumsLatency(sums, folding, 1) + finish(folding).depth,
    }),
  };
}
