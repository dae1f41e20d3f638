/**
 * A convolution as a stage: a sliding window over whole pixels, `simd` taps of it times `pe` output channels in each cycle, then
 * for each output channel what the kind does with its sum.
 */
import { inputOf } from "./checks.ts";
import type { Convolution } from "./convolution.ts";
import { convolutionWindow } from "./convolution.ts";
import { allParts } from "./cost.ts";
import { unsignedInteger } from "./data-type.ts";
import type { Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import { allFoldings, memoize, withBlockRam } from "./hardware.ts";
import type { Folding, LayerContext } from "./layer.ts";
import type { Lanes } from "./rtl/elementwise.ts";
import { lanesParts } from "./rtl/elementwise.ts";
import { offsetsInBlockRam } from "./rtl/offsets.ts";
import type { SumsFormat } from "./rtl/sums.ts";
import { chunkFormat, sumsLatency, weightParts } from "./rtl/sums.ts";
import { sumsParts } from "./rtl/sums-parts.ts";
import { lineParts, pixelsRead, windowParts } from "./sliding-hardware.ts";
import type { Sums } from "./sums.ts";
import { windowCycles } from "./window-walk.ts";

/** Of a level code. */
const LUTS_PER_LEVEL = 0.4;

export interface Engine {
  /** Of any folding, and its format in SystemVerilog. */
  readonly sums: Sums;
  readonly format: SumsFormat;
  /** What follows the sums; of all lanes, or of some. */
  finish(folding: Folding, lanes?: readonly number[]): Lanes;
}

export function convolutionHardware(
  context: LayerContext<Convolution>,
  output: Stream,
  { sums, format, finish }: Engine,
): Hardware {
  const input = inputOf(context);
  const weight = context.parameter(context.attributes.weight);
  const { groups } = context.attributes;
  const [outputs] = weight.shape as [number];
  const taps = weight.data.length / outputs;
  const window = convolutionWindow(context);
  const read = pixelsRead(input.shape, window);
  const unit = sumsParts(sums, output, format);
  const weights = weightParts(sums, format.planes);
  const memories = (folding: Folding) => allParts([lineParts(input, window, !!folding.blockRam), weights(folding)]);
  const finishParts = (blockRam?: true) =>
    memoize((pe: number) => lanesParts(pe, outputs / pe, (lanes) => finish({ pe, simd: 1, blockRam }, lanes)));
  const [withTables, withMemory] = [finishParts(), finishParts(true)];
  const windowOf = (folding: Folding) => {
    const shape = { ...sums.shape, ...folding };
    const { products, bits, codeBits } = chunkFormat({ ...sums, shape }, format.planes);
    const [channels, ...size] = input.shape;
    const codes = { shape: [channels / products, ...size] as const, type: unsignedInteger(bits) };
    const pixel = codeBits === undefined ? input : codes;
    return allParts([
      // Trees of XOR.
      codeBits === undefined ? {} : { lut: LUTS_PER_LEVEL * channels },
      windowParts(pixel, window, bits * format.planes, folding.simd / products),
      lineParts(pixel, window, !!folding.blockRam),
    ]);
  };
  // Chunks are kept from the first outputs of a group on; a single one stays in the window.
  const order = ({ pe, simd }: Folding) => {
    const [beats, folds] = [outputs / pe, taps / simd];
    const held = folds > 1 ? (beats - beats / groups + 1) * folds : beats;
    const last = groups * folds === 1 ? 0 : folds > 1 ? 1 : beats / groups;
    return { input: input.shape, window, beats, held, last };
  };
  return {
    foldings: withBlockRam(allFoldings(outputs / groups, sums.accumulator ? 1 : taps), memories),
    lanes: ({ pe }) => ({ inputs: [input.shape[0]], output: pe }),
    cycles: (folding) => windowCycles(order(folding), taps / folding.simd),
    parts(folding) {
      const shape = { ...sums.shape, ...folding };
      const finished = offsetsInBlockRam({ ...sums, shape }, format.bits) ? withMemory : withTables;
      return allParts([windowOf(folding), unit(folding), finished(folding.pe)]);
    },
    required({ pe }) {
      const beats = output.shape[0] / pe;
      return (_input, beat) => read(Math.floor(beat / beats));
    },
    pace: (folding) => ({
      work: taps / folding.simd,
      latency: sumsLatency(sums, folding, format.planes) + finish(folding).depth,
      window: order(folding),
    }),
  };
}
