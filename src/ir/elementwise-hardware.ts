/** Elementwise kinds as stages: `pe` channels in and out in each cycle; the parts follow from the formula. */
import type { Arithmetic } from "./arithmetic.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { laneFoldings } from "./hardware.ts";
import type { Formula, LayerContext, Operands } from "./layer.ts";
import { elementwiseLanes, lanesParts } from "./rtl/elementwise.ts";

export function elementwiseHardware<A>(
  formula: Formula<A>,
  context: LayerContext<A>,
  { shape, type }: Stream,
): Hardware {
  const [channels, height, width] = shape;
  const inputs = context.inputs.map((stream, i) => ({ name: `${i}`, type: stream.type }));
  const compute = <V>(arithmetic: Arithmetic<V>, values: Operands<V>): V => formula(arithmetic, context, values);
  const step = { name: context.name, inputs: inputs.map(({ name }) => name), compute, type };
  const chain = { channels, inputs, steps: [step] };
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: context.inputs.map(() => pe), output: pe }),
    cycles: ({ pe }) => (height * width * channels) / pe,
    parts: ({ pe }) => lanesParts(pe, channels / pe, (lanes) => elementwiseLanes(chain, pe, lanes)),
    required: () => (_input, beat) => beat + 1,
    pace: ({ pe }) => ({ work: 1, latency: elementwiseLanes(chain, pe).depth }),
  };
}
