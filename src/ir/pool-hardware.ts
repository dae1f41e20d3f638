/** Pools over a sliding window as stages: whole pixels in, `pe` channels of one tap in each cycle. */
import type { Parts } from "./cost.ts";
import { allParts } from "./cost.ts";
import { bitWidth } from "./data-type.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { divisors } from "./hardware.ts";
import { pixelsRead, windowParts } from "./sliding-hardware.ts";
import type { Window } from "./window.ts";
import { windowCycles } from "./window-walk.ts";

/** `partsOf`: of what is done with the taps of `pe` channels; `latency`: cycles from the last tap to its output. */
export function poolHardware(input: Stream, window: Window, partsOf: (pe: number) => Parts, latency: number): Hardware {
  const [channels] = input.shape;
  const taps = window.kernel[0] * window.kernel[1];
  const read = pixelsRead(input.shape, window);
  const beats = (pe: number) => channels / pe;
  const order = (pe: number) => {
    const held = beats(pe) * taps;
    return { input: input.shape, window, beats: beats(pe), held, last: held > 1 ? 1 : 0 };
  };
  return {
    foldings: divisors(channels).map((pe) => ({ pe, simd: pe })),
    lanes: ({ pe }) => ({ inputs: [channels], output: pe }),
    cycles: ({ pe }) => windowCycles(order(pe), taps),
    parts: ({ pe }) => allParts([windowParts(input, window, bitWidth(input.type), pe), partsOf(pe)]),
    required:
      ({ pe }) =>
      (_input, beat) =>
        read(Math.floor(beat / beats(pe))),
    pace: ({ pe }) => ({ work: taps, latency, window: order(pe) }),
  };
}
