import { convolutionHardware } from "../../ir/convolution-hardware.ts";
import { allParts } from "../../ir/cost.ts";
import { CostArithmetic } from "../../ir/cost-arithmetic.ts";
import { smallestType } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { constantRange } from "../../ir/range.ts";
import { gatedLanes } from "./finish.ts";
import { gatedSum, integerGate } from "./gated-sum.ts";
import type { GatedConv2d } from "./index.ts";
import { gatedSums } from "./sums.ts";

/** Both planes are summed in the same cycle, whatever the gate says: the output's pace does not depend on the data. */
const PLANES = 2;

export function hardware(context: LayerContext<GatedConv2d>, output: Stream): Hardware {
  const { sums } = gatedSums(context, { folding: { pe: 1, simd: 1 }, output });
  const { outputs, channels, taps } = sums.shape;
  const length = BigInt(channels * taps);
  const lane = new CostArithmetic(outputs, true);
  const plane = constantRange(0, -length, length, outputs);
  gatedSum(lane, context, plane, plane, integerGate);
  const { width } = smallestType(-length, length, 0);
  const offsets = { adder: PLANES * width };
  return convolutionHardware(context, output, {
    ...{ sums, format: { bits: width, planes: PLANES } },
    lane: allParts([lane.parts, offsets]),
    depth: (folding) => gatedLanes(context, { folding, output }).depth,
  });
}
