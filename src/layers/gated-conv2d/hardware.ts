import { convolutionHardware } from "../../ir/convolution-hardware.ts";
import { multiplyAccumulate, times } from "../../ir/cost.ts";
import { CostArithmetic } from "../../ir/cost-arithmetic.ts";
import { BIPOLAR } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { constantRange } from "../../ir/range.ts";
import { gatedSum } from "./gated-sum.ts";
import type { GatedConv2d } from "./index.ts";

/** Both planes are summed in the same cycle, whatever the gate says: the output's pace does not depend on the data. */
const PLANES = 2;

export function hardware(context: LayerContext<GatedConv2d>, output: Stream): Hardware {
  const weight = context.parameter(context.attributes.weight);
  const [outputs] = output.shape;
  const taps = BigInt(weight.data.length / outputs);
  const lane = new CostArithmetic(outputs, true);
  const sums = constantRange(0, -taps, taps, outputs);
  gatedSum(lane, context, sums, sums);
  return convolutionHardware(context, output, {
    mac: times(PLANES, multiplyAccumulate(weight, BIPOLAR)),
    lane: lane.parts,
    serial: false,
  });
}
