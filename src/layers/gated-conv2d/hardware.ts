import { convolutionHardware } from "../../ir/convolution-hardware.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { gatedLanes, sumsFormat } from "./finish.ts";
import type { GatedConv2d } from "./index.ts";
import { gatedSums } from "./sums.ts";

/** The planes are summed in a fixed order, whatever the gate says: the output's pace does not depend on the data. */
export function hardware(context: LayerContext<GatedConv2d>, output: Stream): Hardware {
  const { sums } = gatedSums(context, { folding: { pe: 1, simd: 1 }, output });
  return convolutionHardware(context, output, {
    ...{ sums, format: sumsFormat(sums) },
    finish: (folding, lanes) => gatedLanes(context, { folding, output }, lanes),
  });
}
