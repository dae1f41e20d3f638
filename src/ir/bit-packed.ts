/** Bipolar maps as bits, 32 channels to a word, and the XNOR-popcount convolution over them. */
import type { Parameter } from "./parameter.ts";
import type { Shape, Tensor } from "./tensor.ts";
import type { Window } from "./window.ts";
import { windowIndices } from "./window.ts";
import { XNOR_MODULE } from "./xnor-module.ts";

/** Index = pixel * words + word; bit c % 32 of word c / 32 belongs to channel c, 1 = +1. */
export interface PackedMap {
  readonly words: number;
  readonly bits: Int32Array;
}

export const wordsFor = (channels: number): number => Math.ceil(channels / 32);

/**
 * Packs bit `bit` of every raw, xor `flip`. Bipolar maps: bit 1 of -1 (two's complement) is 1 and of +1 is 0, so flip it.
 */
export function packMap({ shape, data }: Tensor, bit: number, flip: 0 | 1): PackedMap {
  const [channels, height, width] = shape;
  const [words, pixels] = [wordsFor(channels), height * width];
  const bits = new Int32Array(pixels * words);
  const raws = data as Float64Array;
  for (let c = 0; c < channels; c++) {
    const [base, place] = [c * pixels, c & 31];
    for (let p = 0, at = c >> 5; p < pixels; p++, at += words)
      bits[at] = (bits[at] as number) | (((((raws[base + p] as number) >> bit) & 1) ^ flip) << place);
  }
  return { words, bits };
}

/** How the bits of one window lie in 32-bit words: several taps to a word if they fit, else several words to a tap. */
interface WindowLayout {
  readonly channels: number;
  readonly taps: number;
  /** Words of one tap of the packed map. */
  readonly words: number;
  readonly tapsPerWord: number;
  /** Words of the window: an even number, as they are compared two at a time. */
  readonly length: number;
}

function windowLayout(channels: number, taps: number): WindowLayout {
  const words = wordsFor(channels);
  const tapsPerWord = Math.max(1, Math.floor(32 / channels));
  const length = tapsPerWord > 1 ? Math.ceil(taps / tapsPerWord) : taps * words;
  return { channels, taps, words, tapsPerWord, length: length + (length % 2) };
}

/** Writes weights `[O, C, KH, KW]` as windows, one after another; gives how many ones each output has in each tap. */
function packWeights({ data, shape }: Parameter, layout: WindowLayout, packed: Int32Array): Int32Array {
  const { channels, taps, words, tapsPerWord, length } = layout;
  const ones = new Int32Array((shape[0] as number) * taps);
  for (let i = 0; i < data.length; i++) {
    if (!data[i]) continue;
    const tap = i % taps;
    const c = Math.floor(i / taps) % channels;
    const o = Math.floor(i / (taps * channels));
    const word = tapsPerWord > 1 ? Math.floor(tap / tapsPerWord) : tap * words + (c >> 5);
    const bit = tapsPerWord > 1 ? (tap % tapsPerWord) * channels + c : c & 31;
    packed[o * length + word] = (packed[o * length + word] as number) | (1 << bit);
    ones[o * taps + tap] = (ones[o * taps + tap] as number) + 1;
  }
  return ones;
}

const PAGE = 65_536;
const xnorModule = new WebAssembly.Module(Buffer.from(XNOR_MODULE, "base64"));
type Sums = (window: number, weights: number, words: number, outputs: number, valid: number, out: number) => void;

/** A machine with room for one window, the sums of all outputs and their weights, in this order. */
function xnorMachine(outputs: number, length: number) {
  const { memory, sums } = new WebAssembly.Instance(xnorModule).exports as unknown as {
    memory: WebAssembly.Memory;
    sums: Sums;
  };
  const [sumsAt, weightsAt] = [length * 4, (length + outputs + (outputs % 2)) * 4];
  memory.grow(Math.ceil((weightsAt + outputs * length * 4) / PAGE));
  return {
    window: new Int32Array(memory.buffer, 0, length),
    results: new Int32Array(memory.buffer, sumsAt, outputs),
    weights: new Int32Array(memory.buffer, weightsAt, outputs * length),
    /** Fills `results` from `window`. */
    compute: (valid: number) => sums(0, weightsAt, length / 2, outputs, valid, sumsAt),
  };
}

/**
 * Sums of a convolution without groups of a bipolar map with bipolar weights, output-channel-major, as the exact integers:
 * valid elements - 2 * popcount(x xor w). `outside` is the bit that padded taps show, or undefined if they are absent.
 */
export function packedConvolution(
  input: Shape,
  window: Window,
  weight: Parameter,
  outside: 0 | 1 | undefined,
): (map: PackedMap) => Float64Array {
  const [channels] = input;
  const outputs = weight.shape[0] as number;
  const pixels = window.output[0] * window.output[1];
  const layout = windowLayout(channels, window.kernel[0] * window.kernel[1]);
  const machine = xnorMachine(outputs, layout.length);
  const ones = packWeights(weight, layout, machine.weights);
  const indices = windowIndices(input, window);
  const padding = paddingWords(channels, outside ?? 0);
  return ({ bits }) => {
    const sums = new Float64Array(outputs * pixels);
    for (let p = 0; p < pixels; p++) {
      const outsiders = gather(machine.window, layout, bits, indices, p, pixels, padding);
      const absent = outside === undefined ? outsiders : NONE;
      machine.compute((layout.taps - absent.length) * channels);
      for (let o = 0; o < outputs; o++) sums[o * pixels + p] = machine.results[o] as number;
      if (absent.length === 0) continue;
      for (let o = 0; o < outputs; o++)
        sums[o * pixels + p] = (machine.results[o] as number) + 2 * sumOf(ones, o * layout.taps, absent);
    }
    return sums;
  };
}

const NONE: readonly number[] = [];

/** An absent tap shows zeros: it differs from the weights in all of their ones, which must not count. */
function sumOf(ones: Int32Array, from: number, taps: readonly number[]): number {
  let sum = 0;
  for (const t of taps) sum += ones[from + t] as number;
  return sum;
}

/** Fills `seen` with the window of output pixel p; gives the taps that lie outside of the map. */
function gather(
  seen: Int32Array,
  { taps, words, tapsPerWord, channels }: WindowLayout,
  bits: Int32Array,
  indices: Int32Array,
  p: number,
  pixels: number,
  padding: Int32Array,
): readonly number[] {
  const outsiders: number[] = [];
  if (tapsPerWord > 1) seen.fill(0);
  for (let t = 0; t < taps; t++) {
    const index = indices[t * pixels + p] as number;
    if (index < 0) outsiders.push(t);
    const source = index < 0 ? padding : bits;
    const from = index < 0 ? 0 : index * words;
    if (tapsPerWord > 1) {
      const word = Math.floor(t / tapsPerWord);
      seen[word] = (seen[word] as number) | ((source[from] as number) << ((t % tapsPerWord) * channels));
    } else for (let w = 0; w < words; w++) seen[t * words + w] = source[from + w] as number;
  }
  return outsiders;
}

function paddingWords(channels: number, bit: 0 | 1): Int32Array {
  const words = new Int32Array(wordsFor(channels));
  for (let c = 0; bit === 1 && c < channels; c++) words[c >> 5] = (words[c >> 5] as number) | (1 << (c & 31));
  return words;
}
