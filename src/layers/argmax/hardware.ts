import { inputOf } from "../../ir/checks.ts";
import { allParts, counter, times } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Stream } from "../../ir/graph.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { laneFoldings } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";

/** A tournament of `pe` channels, and its winner against the best so far: one for each cycle. */
export function hardware(context: LayerContext<unknown>, output: Stream): Hardware {
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: [pe], output: 1 }),
    cycles: ({ pe }) => (height * width * channels) / pe,
    parts: ({ pe }) => {
      const [bits, index] = [bitWidth(type), bitWidth(output.type)];
      const round = { compare: bits, select: bits + index, register: bits + index };
      return allParts([
        { stage: 1, register: rounds(pe) },
        times(pe, round),
        { counter: index },
        counter(channels / pe),
      ]);
    },
    required:
      ({ pe }) =>
      (_input, beat) =>
        (beat + 1) * (channels / pe),
    pace: ({ pe }) => ({ work: 1, latency: rounds(pe) + 1 }),
  };
}

const rounds = (pe: number): number => Math.ceil(Math.log2(pe));
