/** Pools over a sliding window as stages: whole pixels in, `pe` channels of one tap in each cycle. */
import type { Area } from "./cost.ts";
import { area, times, totalArea } from "./cost.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { divisors } from "./hardware.ts";
import { outputPixels, pixelsRead, positions, windowArea } from "./sliding-hardware.ts";
import type { Window } from "./window.ts";

export function poolHardware(input: Stream, window: Window, lane: Area): Hardware {
  const [channels] = input.shape;
  const taps = window.kernel[0] * window.kernel[1];
  const read = pixelsRead(input.shape, window);
  return {
    foldings: divisors(channels).map((pe) => ({ pe, simd: pe })),
    lanes: ({ pe }) => ({ inputs: [channels], output: pe }),
    cost: ({ pe }) => ({
      cycles: Math.max(outputPixels(window) * (channels / pe) * taps, positions(input.shape, window)),
      ...totalArea([windowArea(input, window), times(pe, lane), CONTROL]),
    }),
    required:
      ({ pe }) =>
      (_input, beat) =>
        read(Math.floor(beat / (channels / pe))),
    latency: ({ pe }) => (channels / pe) * taps + 4,
  };
}

const CONTROL = area(80, 100);
