import { inputOf } from "../../ir/checks.ts";
import { allParts, counter, multiplyAccumulate, ram, rom, storedBits, times } from "../../ir/cost.ts";
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
  const parts = ({ pe, simd }: Folding) =>
    allParts([
      { unit: 1, register: 2 * pe * bitWidth(output.type), adder: 2 * pe * bitWidth(output.type) },
      times(pe * simd, mac),
      rom(pe * simd * storedBits(weight), weight.data.length / (pe * simd)),
      ram(simd * bitWidth(type), columns / simd),
      counter(columns / simd),
      counter(outputs / pe),
    ]);
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
    pace: ({ simd }) => ({ work: columns / simd, latency: SUMS_LATENCY }),
  };
}
