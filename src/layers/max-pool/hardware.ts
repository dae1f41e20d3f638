import { inputOf } from "../../ir/checks.ts";
import { area } from "../../ir/cost.ts";
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
  return poolHardware(input, window, area(2 * bitWidth(input.type)), 1);
}
