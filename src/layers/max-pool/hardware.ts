import { inputOf } from "../../ir/checks.ts";
import { allParts, times } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Hardware } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { poolHardware, tiledPoolHardware } from "../../ir/pool-hardware.ts";
import { slidingTaps, tiledMap, tilingParts } from "../../ir/rtl/tiling.ts";
import { tiles } from "../../ir/window.ts";
import type { MaxPool } from "./index.ts";
import { windowOf } from "./windowing.ts";

/** Registers of kernel.sv: the beat, and the largest. */
const latency = () => 2;

export function hardware(context: LayerContext<MaxPool>): Hardware {
  const { kernel } = context.attributes;
  const [input, window] = [inputOf(context), windowOf(context)];
  const bits = bitWidth(input.type);
  const lane = { adder: bits, select: bits, register: 2 * bits };
  const tiled = tiles(input.shape, window);
  const tiling = tiled ? tiledMap : slidingTaps;
  const parts = (pe: number) => allParts([tilingParts(tiling(input.shape, kernel, pe), bits), times(pe, lane)]);
  return tiled ? tiledPoolHardware(input, kernel, parts, latency) : poolHardware(input, window, parts, latency);
}
