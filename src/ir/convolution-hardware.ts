/**
 * A convolution as a stage: a sliding window over whole pixels, `simd` taps of it times `pe` output channels in each cycle, then
 * for each output channel what the kind does with its sum.
 */
import { inputOf } from "./checks.ts";
import type { Convolution } from "./convolution.ts";
import { convolutionWindow } from "./convolution.ts";
import type { Area } from "./cost.ts";
import { area, memory, storedBits, times, totalArea } from "./cost.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { allFoldings } from "./hardware.ts";
import type { Folding, LayerContext } from "./layer.ts";
import { windowCycles } from "./pace.ts";
import { SUMS_LATENCY } from "./rtl/latency.ts";
import { pixelsRead, windowArea } from "./sliding-hardware.ts";

export interface Engine {
  /** One multiply-accumulate per cycle. */
  readonly mac: Area;
  /** What follows the sum of an output channel. */
  readonly lane: Area;
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
  const areaOf = ({ pe, simd }: Folding) =>
    totalArea([
      windowArea(input, window),
      times(pe * simd, mac),
      times(pe, lane),
      times(taps > simd ? pe : 0, ACCUMULATOR),
      memory(pe * simd * storedBits(weight), weight.data.length / (pe * simd)),
      windowSelect(simd, taps, input),
      CONTROL,
    ]);
  // A window is free again when the first outputs of its last group have been computed.
  const order = ({ pe, simd }: Folding) => {
    const beats = outputs / pe;
    return { input: input.shape, window, beats, held: (beats - beats / groups + 1) * (taps / simd) };
  };
  return {
    foldings: allFoldings(outputs / groups, serial ? 1 : taps),
    lanes: ({ pe }) => ({ inputs: [input.shape[0]], output: pe }),
    cost: (folding) => ({
      cycles: windowCycles(order(folding), taps / folding.simd),
      ...areaOf(folding),
    }),
    required({ pe }) {
      const beats = output.shape[0] / pe;
      return (_input, beat) => read(Math.floor(beat / beats));
    },
    pace: (folding) => ({ work: taps / folding.simd, latency: SUMS_LATENCY, window: order(folding) }),
  };
}

const ACCUMULATOR = area(16);
const CONTROL = area(120, 160);

/** The multiplexer that picks the taps of a fold. */
function windowSelect(simd: number, taps: number, input: Stream): Area {
  const folds = taps / simd;
  if (folds <= 1) return area(0);
  const bits = simd * (input.type.kind === "bipolar" ? 1 : input.type.width);
  return area((bits * (folds - 1)) / 3, bits);
}
