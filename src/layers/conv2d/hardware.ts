import { convolutionHardware } from "../../ir/convolution-hardware.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { finishedSums } from "../../ir/rtl/finish.ts";
import type { Conv2d } from "./index.ts";
import { convolutionSums } from "./sums.ts";

export function hardware(context: LayerContext<Conv2d>, output: Stream): Hardware {
  const { sums } = convolutionSums(context, { folding: { pe: 1, simd: 1 }, output });
  const bits = bitWidth(output.type);
  return convolutionHardware(context, output, {
    ...{ sums, format: { bits, planes: 1 } },
    finish: (folding, lanes) => finishedSums(convolutionSums(context, { folding, output }).sums, output, lanes),
  });
}
