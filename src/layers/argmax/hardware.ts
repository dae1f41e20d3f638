import { inputOf } from "../../ir/checks.ts";
import { allParts, counter } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { laneFoldings } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";

/** A tournament of `pe` channels in each cycle, and its winner against the best so far. */
export function hardware(context: LayerContext<unknown>, output: Stream): Hardware {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: [pe], output: 1 }),
    cycles: ({ pe }) => (height * width * channels) / pe,
    parts: ({ pe }) => {
      const [bits, index] = [bitWidth(type) + 1, bitWidth(output.type)];
      const rounds = { compare: pe * bits, select: pe * (bits + index), adder: pe * index };
      return allParts([{ stage: 1, register: bits + 3 * index }, rounds, counter(channels / pe)]);
    },
    required:
      ({ pe }) =>
      (_input, beat) =>
        (beat + 1) * (channels / pe),
    pace: () => ({ work: 1, latency: 1 }),
  };
}
