import { inputOf } from "../../ir/checks.ts";
import { times } from "../../ir/cost.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Hardware } from "../../ir/hardware.ts";
import { divisors } from "../../ir/hardware.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { Thermometer } from "./index.ts";

/** `simd` input channels in each cycle, all levels of each at once. */
export function hardware(context: LayerContext<Thermometer>): Hardware {
  const { levels } = context.attributes;
  const { shape, type } = inputOf(context);
  const [channels, height, width] = shape;
  const level = { compare: bitWidth(type), register: 1 };
  return {
    foldings: divisors(channels).map((simd) => ({ pe: simd * levels, simd })),
    lanes: ({ pe, simd }) => ({ inputs: [simd], output: pe }),
    cycles: ({ simd }) => (height * width * channels) / simd,
    parts: ({ pe }) => ({ stage: 1, ...times(pe, level) }),
    required: () => (_input, beat) => beat + 1,
    pace: () => ({ work: 1, latency: 1 }),
  };
}
