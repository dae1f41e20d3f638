import { inputOf } from "../../ir/checks.ts";
import { numeric } from "../../ir/data-type.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { memoize } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { poolHardware, tiledPoolHardware } from "../../ir/pool-hardware.ts";
import { averageLatency, averageParts } from "../../ir/rtl/average.ts";
import { slidingTaps, tiledMap } from "../../ir/rtl/tiling.ts";
import { tiles } from "../../ir/window.ts";
import type { AveragePool } from "./index.ts";
import { windowOf } from "./windowing.ts";

export function hardware(context: LayerContext<AveragePool>): Hardware {
  const { attributes } = context;
  const [input, window] = [inputOf(context), windowOf(context)];
  const tiled = tiles(input.shape, window);
  const tiling = tiled ? tiledMap : slidingTaps;
  const averages = (pe: number) => ({ ...tiling(input.shape, attributes.kernel, pe), number: numeric(input.type) });
  const parts = memoize((pe: number) => averageParts(averages(pe), attributes));
  const latency = () => averageLatency(averages(1), attributes);
  return tiled
    ? tiledPoolHardware(input, attributes.kernel, parts, latency)
    : poolHardware(input, window, parts, latency);
}
