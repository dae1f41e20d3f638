import { allParts } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { gcd, laneFoldings } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";

/** For each pixel all beats of the first input, then all of the second, and so on. */
export function hardware(context: LayerContext<unknown>, { shape, type }: Stream): Hardware {
  const [channels, height, width] = shape;
  const counts = context.inputs.map((input) => input.shape[0]);
  const starts = counts.map((_, i) => counts.slice(0, i).reduce((sum, count) => sum + count, 0));
  return {
    foldings: laneFoldings(counts.reduce(gcd)),
    lanes: ({ pe }) => ({ inputs: counts.map(() => pe), output: pe }),
    cycles: ({ pe }) => (height * width * channels) / pe,
    parts: ({ pe }) =>
      allParts([{ stage: 1, counter: 16, register: counts.length, select: pe * bitWidth(type) * (counts.length - 1) }]),
    required({ pe }) {
      const perPixel = channels / pe;
      return (input, beat) => {
        const [own, start] = [(counts[input] as number) / pe, (starts[input] as number) / pe];
        const into = (beat % perPixel) + 1 - start;
        return Math.floor(beat / perPixel) * own + Math.min(Math.max(into, 0), own);
      };
    },
    pace: () => ({ work: 1, latency: 0 }),
  };
}
