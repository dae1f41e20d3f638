/** Elementwise kinds as stages: `pe` channels in and out in each cycle; the parts follow from the formula. */
import type { Arithmetic } from "./arithmetic.ts";
import { times } from "./cost.ts";
import { CostArithmetic } from "./cost-arithmetic.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { laneFoldings } from "./hardware.ts";
import type { Formula, LayerContext, Operands } from "./layer.ts";
import { operands } from "./layer.ts";
import { fullRange } from "./range.ts";
import { elementwiseLanes } from "./rtl/elementwise.ts";

export function elementwiseHardware<A>(
  formula: Formula<A>,
  context: LayerContext<A>,
  { shape, type }: Stream,
): Hardware {
  const [channels, height, width] = shape;
  const inputs = context.inputs.map((stream, i) => ({ name: `${i}`, type: stream.type }));
  const compute = <V>(arithmetic: Arithmetic<V>, values: Operands<V>): V => formula(arithmetic, context, values);
  const step = { name: context.name, inputs: inputs.map(({ name }) => name), compute, type };
  const parts = (shared: boolean) => () => {
    const sampled = Math.min(channels, SAMPLED_CHANNELS);
    const arithmetic = new CostArithmetic(sampled, shared);
    formula(arithmetic, context, operands(context.inputs.map(({ type }) => fullRange(type, sampled))));
    return arithmetic.parts;
  };
  const [parallel, shared] = [once(parts(false)), once(parts(true))];
  return {
    foldings: laneFoldings(channels),
    lanes: ({ pe }) => ({ inputs: context.inputs.map(() => pe), output: pe }),
    cycles: ({ pe }) => (height * width * channels) / pe,
    parts: ({ pe }) => times(pe, pe === channels ? parallel() : shared()),
    required: () => (_input, beat) => beat + 1,
    pace: ({ pe }) => ({ work: 1, latency: elementwiseLanes({ channels, inputs, steps: [step] }, pe).depth }),
  };
}

/** Channels are much alike: the first ones stand for all. */
const SAMPLED_CHANNELS = 16;

/** Not every caller asks for parts, and they take longer than the rest. */
function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}
