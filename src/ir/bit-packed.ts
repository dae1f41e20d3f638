/** Bipolar maps as bits, 32 channels to a word, and the XNOR-popcount convolution over them. */
import type { Parameter } from "./parameter.ts";
import type { Shape, Tensor } from "./tensor.ts";
import type { Window } from "./window.ts";
import { windowIndices } from "./window.ts";

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

/** Bits set in 32-bit word (Warren, Hacker's Delight, 5-1). */
export function popcount(word: number): number {
  let w = word - ((word >>> 1) & 0x55555555);
  w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
  return Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Weights `[O, C, KH, KW]` as words: index = (output * taps + tap) * words + word. */
function packWeights({ data, shape }: Parameter): Int32Array {
  const [outputs, channels, kernelHeight, kernelWidth] = shape as [number, number, number, number];
  const [taps, words] = [kernelHeight * kernelWidth, wordsFor(channels)];
  const packed = new Int32Array(outputs * taps * words);
  for (let i = 0; i < data.length; i++) {
    if (!data[i]) continue;
    const tap = i % taps;
    const c = Math.floor(i / taps) % channels;
    const o = Math.floor(i / (taps * channels));
    const at = (o * taps + tap) * words + (c >> 5);
    packed[at] = (packed[at] as number) | (1 << (c & 31));
  }
  return packed;
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
  const words = wordsFor(channels);
  const taps = window.kernel[0] * window.kernel[1];
  const outputs = weight.shape[0] as number;
  const pixels = window.output[0] * window.output[1];
  const weights = packWeights(weight);
  const indices = windowIndices(input, window);
  const padding = paddingWords(channels, outside ?? 0);
  const seen = new Int32Array(taps * words);
  const places = new Int32Array(taps * words);
  return ({ bits }) => {
    const sums = new Float64Array(outputs * pixels);
    for (let p = 0; p < pixels; p++) {
      let count = 0;
      for (let t = 0; t < taps; t++) {
        const index = indices[t * pixels + p] as number;
        if (index < 0 && outside === undefined) continue;
        for (let w = 0; w < words; w++) {
          seen[count] = (index < 0 ? padding[w] : bits[index * words + w]) as number;
          places[count++] = t * words + w;
        }
      }
      const valid = (count / words) * channels;
      const whole = count === taps * words;
      for (let o = 0; o < outputs; o++) {
        const row = o * taps * words;
        const different = whole ? distance(seen, weights, row, count) : distanceAt(seen, weights, row, places, count);
        sums[o * pixels + p] = valid - 2 * different;
      }
    }
    return sums;
  };
}

function paddingWords(channels: number, bit: 0 | 1): Int32Array {
  const words = new Int32Array(wordsFor(channels));
  for (let c = 0; bit === 1 && c < channels; c++) words[c >> 5] = (words[c >> 5] as number) | (1 << (c & 31));
  return words;
}

/** Bits in which the first `count` words of x differ from those of w that begin at `from`. */
function distance(x: Int32Array, w: Int32Array, from: number, count: number): number {
  let different = 0;
  for (let i = 0; i < count; i++) different += popcount((x[i] as number) ^ (w[from + i] as number));
  return different;
}

/** The same where some taps are absent: word i of x stands at place `places[i]` of the row. */
function distanceAt(x: Int32Array, w: Int32Array, from: number, places: Int32Array, count: number): number {
  let different = 0;
  for (let i = 0; i < count; i++) different += popcount((x[i] as number) ^ (w[from + (places[i] as number)] as number));
  return different;
}
