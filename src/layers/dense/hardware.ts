import { inputOf } from "../../ir/checks.ts";
import { area, memory, multiplyAccumulate, storedBits, times, totalArea } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { allFoldings } from "../../ir/hardware.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import { SUMS_LATENCY } from "../../ir/rtl/latency.ts";
import { elements } from "../../ir/tensor.ts";
import type { Dense } from "./index.ts";

/** The input is kept while it streams in, and read again for every further group of `pe` outputs. */
export function hardware(context: LayerContext<Dense>, output: Stream): Hardware {
  const { shape, type } = inputOf(context);
  const weight = context.parameter(context.attributes.weight);
  const [columns, [outputs]] = [elements(shape), output.shape];
  const mac = multiplyAccumulate(weight, type);
  const engineArea = ({ pe, simd }: Folding) =>
    totalArea([
      times(pe * simd, mac),
      times(pe, area(2 * bitWidth(output.type))),
      memory(pe * simd * storedBits(weight), weight.data.length / (pe * simd)),
      memory(simd * bitWidth(type), columns / simd),
      CONTROL,
    ]);
  return {
    // With a cast after every product only one can be taken per cycle.
    foldings: allFoldings(outputs, context.attributes.accumulator ? 1 : columns),
    lanes: ({ pe, simd }) => ({ inputs: [simd], output: pe }),
    cost: (folding) => ({ cycles: (columns / folding.simd) * (outputs / folding.pe), ...engineArea(folding) }),
    required:
      ({ simd }) =>
      () =>
        columns / simd,
    pace: ({ simd }) => ({ work: columns / simd, latency: SUMS_LATENCY }),
  };
}

const CONTROL = area(80, 120);
