import { averageArea } from "../../ir/averaging-cost.ts";
import { inputOf } from "../../ir/checks.ts";
import { area, memory, times, totalArea } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { laneFoldings } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { AVERAGE_LATENCY } from "../../ir/rtl/latency.ts";
import type { GlobalAveragePool } from "./index.ts";

/** One sum for each channel, `pe` of them brought forward in each cycle; then the averages leave in a row. */
export function hardware(context: LayerContext<GlobalAveragePool>, output: Stream): Hardware {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  const lane = averageArea(type, height * width, context.attributes);
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: [pe], output: pe }),
    cost: ({ pe }) => ({
      cycles: (height * width * channels) / pe + channels / pe - 1,
      ...totalArea([times(pe, lane), memory(2 * pe * bitWidth(output.type), channels / pe), CONTROL]),
    }),
    required:
      ({ pe }) =>
      () =>
        (height * width * channels) / pe,
    pace: () => ({ work: 1, latency: AVERAGE_LATENCY }),
  };
}

const CONTROL = area(40, 60);
