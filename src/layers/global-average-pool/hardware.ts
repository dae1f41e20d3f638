import { inputOf } from "../../ir/checks.ts";
import { numeric } from "../../ir/data-type.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { memoize } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { tiledPoolHardware } from "../../ir/pool-hardware.ts";
import { averageLatency, averageParts } from "../../ir/rtl/average.ts";
import { tiledMap } from "../../ir/rtl/tiling.ts";
import type { GlobalAveragePool } from "./index.ts";

export function hardware(context: LayerContext<GlobalAveragePool>): Hardware {
  const input = inputOf(context);
  const [, height, width] = input.shape;
  const averages = (pe: number) => ({ ...tiledMap(input.shape, [height, width], pe), number: numeric(input.type) });
  return tiledPoolHardware(
    input,
    [height, width],
    memoize((pe: number) => averageParts(averages(pe), context.attributes)),
    () => averageLatency(averages(1), context.attributes),
  );
}
