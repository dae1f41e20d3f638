import { inputOf } from "../../ir/checks.ts";
import { allParts, counter, times } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { poolHardware } from "../../ir/pool-hardware.ts";
import { slidingWindow } from "../../ir/window.ts";
import type { MaxPool } from "./index.ts";

export function hardware(context: LayerContext<MaxPool>): Hardware {
  const { kernel, stride, padding } = context.attributes;
  const input = inputOf(context);
  const window = slidingWindow(input.shape, kernel, stride, padding);
  const bits = bitWidth(input.type);
  const lane = { compare: bits, select: bits, register: bits };
  const taps = counter(kernel[0] * kernel[1]);
  return poolHardware(
    input,
    window,
    (pe) => allParts([{ stage: 1 }, taps, times(pe, lane)]),
    () => 1,
  );
}
