import { inputOf } from "../../ir/checks.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { memoize } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { tiledPoolHardware } from "../../ir/pool-hardware.ts";
import { averageLatency, averageParts, tiledAverages } from "../../ir/rtl/average.ts";
import type { GlobalAveragePool } from "./index.ts";

export function hardware(context: LayerContext<GlobalAveragePool>): Hardware {
  const input = inputOf(context);
  const [, height, width] = input.shape;
  const averages = (pe: number) => tiledAverages(input, [height, width], pe);
  return tiledPoolHardware(
    input,
    [height, width],
    memoize((pe: number) => averageParts(averages(pe), context.attributes)),
    () => averageLatency(averages(1), context.attributes),
  );
}
