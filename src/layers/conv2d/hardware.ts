import { inputOf } from "../../ir/checks.ts";
import { convolutionHardware } from "../../ir/convolution-hardware.ts";
import { multiplyAccumulate } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { Conv2d } from "./index.ts";

export function hardware(context: LayerContext<Conv2d>, output: Stream): Hardware {
  const { weight, accumulator } = context.attributes;
  return convolutionHardware(context, output, {
    mac: multiplyAccumulate(context.parameter(weight), inputOf(context).type),
    lane: { adder: bitWidth(output.type) },
    serial: accumulator !== undefined,
  });
}
