/** Pools over a sliding window as stages: whole pixels in, `pe` channels of one tap in each cycle. */
import type { Area } from "./cost.ts";
import { area, times, totalArea } from "./cost.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { divisors } from "./hardware.ts";
import { windowCycles } from "./pace.ts";
import { pixelsRead, windowArea } from "./sliding-hardware.ts";
import type { Window } from "./window.ts";

/** `latency`: cycles from the last tap to its output. */
export function poolHardware(input: Stream, window: Window, lane: Area, latency: number): Hardware {
  const [channels] = input.shape;
  const taps = window.kernel[0] * window.kernel[1];
  const read = pixelsRead(input.shape, window);
  const beats = (pe: number) => channels / pe;
  const order = (pe: number) => ({ input: input.shape, window, beats: beats(pe), held: beats(pe) * taps });
  return {
    foldings: divisors(channels).map((pe) => ({ pe, simd: pe })),
    lanes: ({ pe }) => ({ inputs: [channels], output: pe }),
    cost: ({ pe }) => ({
      cycles: windowCycles(order(pe), taps),
      ...totalArea([windowArea(input, window), times(pe, lane), CONTROL]),
    }),
    required:
      ({ pe }) =>
      (_input, beat) =>
        read(Math.floor(beat / beats(pe))),
    pace: ({ pe }) => ({ work: taps, latency, window: order(pe) }),
  };
}

const CONTROL = area(80, 100);
