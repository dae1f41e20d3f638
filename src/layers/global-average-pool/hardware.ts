import { averageParts } from "../../ir/averaging-cost.ts";
import { inputOf } from "../../ir/checks.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { laneFoldings } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { AVERAGE_LATENCY } from "../../ir/rtl/latency.ts";
import type { GlobalAveragePool } from "./index.ts";

/** One sum for each channel, `pe` of them brought forward in each cycle; then the averages leave in a row. */
export function hardware(context: LayerContext<GlobalAveragePool>): Hardware {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: [pe], output: pe }),
    cycles: ({ pe }) => (height * width * channels) / pe + channels / pe - 1,
    parts: ({ pe }) => averageParts(type, { pe, taps: height * width, groups: channels / pe }, context.attributes),
    required:
      ({ pe }) =>
      () =>
        (height * width * channels) / pe,
    pace: () => ({ work: 1, latency: AVERAGE_LATENCY }),
  };
}
