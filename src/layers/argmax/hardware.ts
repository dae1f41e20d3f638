import { inputOf } from "../../ir/checks.ts";
import { area, times } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { laneFoldings } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";

/** A tournament of `pe` channels in each cycle, and its winner against the best so far. */
export function hardware(context: LayerContext<unknown>): Hardware {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: [pe], output: 1 }),
    cost: ({ pe }) => ({
      cycles: (height * width * channels) / pe,
      ...times(pe, area(2 * bitWidth(type) + 8)),
    }),
    required:
      ({ pe }) =>
      (_input, beat) =>
        (beat + 1) * (channels / pe),
    pace: () => ({ work: 1, latency: 1 }),
  };
}
