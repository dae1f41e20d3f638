/**
 * A convolution as a stage: a sliding window over whole pixels, `simd` taps of it times `pe` output channels in each cycle, then
 * for each output channel what the kind does with its sum.
 */
import { inputOf } from "./checks.ts";
import type { Convolution } from "./convolution.ts";
import { convolutionWindow } from "./convolution.ts";
import type { Parts } from "./cost.ts";
import { allParts, rom, storedBits, times } from "./cost.ts";
import { bitWidth } from "./data-type.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { allFoldings } from "./hardware.ts";
import type { Folding, LayerContext } from "./layer.ts";
import { windowCycles } from "./pace.ts";
import { SUMS_LATENCY } from "./rtl/latency.ts";
import { pixelsRead, windowParts } from "./sliding-hardware.ts";

export interface Engine {
  /** One multiply-accumulate per cycle. */
  readonly mac: Parts;
  /** What follows the sum of an output channel. */
  readonly lane: Parts;
  /** True if every product is accumulated with a cast of its own, so that only one can be taken per cycle. */
  readonly serial: boolean;
}

export function convolutionHardware(
  context: LayerContext<Convolution>,
  output: Stream,
  { mac, lane, serial }: Engine,
): Hardware {
  const input = inputOf(context);
  const weight = context.parameter(context.attributes.weight);
  const { groups } = context.attributes;
  const [outputs] = weight.shape as [number];
  const taps = weight.data.length / outputs;
  const window = convolutionWindow(context);
  const read = pixelsRead(input.shape, window);
  const outBits = bitWidth(output.type);
  // A window is free again when the first outputs of its last group have been computed.
  const order = ({ pe, simd }: Folding) => {
    const beats = outputs / pe;
    return { input: input.shape, window, beats, held: (beats - beats / groups + 1) * (taps / simd) };
  };
  return {
    foldings: allFoldings(outputs / groups, serial ? 1 : taps),
    lanes: ({ pe }) => ({ inputs: [input.shape[0]], output: pe }),
    cycles: (folding) => windowCycles(order(folding), taps / folding.simd),
    parts: ({ pe, simd }) =>
      allParts([
        windowParts(input, window, simd * bitWidth(input.type)),
        { unit: 1, register: 2 * pe * outBits },
        times(pe * simd, mac),
        times(pe, lane),
        taps > simd ? { adder: pe * outBits } : {},
        rom(pe * simd * storedBits(weight), weight.data.length / (pe * simd)),
      ]),
    required({ pe }) {
      const beats = output.shape[0] / pe;
      return (_input, beat) => read(Math.floor(beat / beats));
    },
    pace: (folding) => ({ work: taps / folding.simd, latency: SUMS_LATENCY, window: order(folding) }),
  };
}
