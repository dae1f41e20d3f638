/** Pools as stages. */
import type { Parts } from "./cost.ts";
import { allParts } from "./cost.ts";
import { bitWidth } from "./data-type.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { divisors, laneFoldings } from "./hardware.ts";
import { lineParts, pixelsRead, windowParts } from "./sliding-hardware.ts";
import type { Window } from "./window.ts";
import { windowCycles } from "./window-walk.ts";

/** Over a sliding window: whole pixels in, `pe` channels of one tap in each cycle. `partsOf`: of what is done with the taps of `pe` channels; `latency`: cycles from the last tap to its output. */
export function poolHardware(
  input: Stream,
  window: Window,
  partsOf: (pe: number) => Parts,
  latency: () => number,
): Hardware {
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
    parts: ({ pe }) =>
      allParts([windowParts(input, window, bitWidth(input.type), pe), lineParts(input, window), partsOf(pe)]),
    required:
      ({ pe }) =>
      (_input, beat) =>
        read(Math.floor(beat / beats(pe))),
    pace: ({ pe }) => ({ work: taps, latency: latency(), window: order(pe) }),
  };
}

/** Over windows that tile the map, whose results grow while the map streams in, `pe` channels in each cycle. */
export function tiledPoolHardware(
  { shape: [channels, height, width] }: Stream,
  kernel: Window["kernel"],
  partsOf: (pe: number) => Parts,
  latency: () => number,
): Hardware {
  const windows = width / kernel[1];
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: [pe], output: pe }),
    cycles: ({ pe }) => (height * width * channels) / pe,
    parts: ({ pe }) => partsOf(pe),
    required({ pe }) {
      const groups = channels / pe;
      return (_input, beat) => {
        const [group, pixel] = [beat % groups, Math.floor(beat / groups)];
        const row = (Math.floor(pixel / windows) + 1) * kernel[0] - 1;
        const column = ((pixel % windows) + 1) * kernel[1] - 1;
        return (row * width + column) * groups + group + 1;
      };
    },
    pace: () => ({ work: 1, latency: latency() }),
  };
}
