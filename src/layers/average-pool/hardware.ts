import { averageParts } from "../../ir/averaging-cost.ts";
import { inputOf } from "../../ir/checks.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { poolHardware } from "../../ir/pool-hardware.ts";
import { AVERAGE_LATENCY } from "../../ir/rtl/latency.ts";
import { slidingWindow } from "../../ir/window.ts";
import type { AveragePool } from "./index.ts";

export function hardware(context: LayerContext<AveragePool>): Hardware {
  const { kernel, stride, padding } = context.attributes;
  const input = inputOf(context);
  const window = slidingWindow(input.shape, kernel, stride, padding);
  const taps = kernel[0] * kernel[1];
  return poolHardware(
    input,
    window,
    (pe) => averageParts(input.type, { pe, taps, groups: 1 }, context.attributes),
    AVERAGE_LATENCY,
  );
}
