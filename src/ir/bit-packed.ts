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
  const ones = onesPerTap(weights, words);
  return ({ bits }) => {
    const sums = new Float64Array(outputs * pixels);
    const absent: number[] = [];
    for (let p = 0; p < pixels; p++) {
      absent.length = 0;
      for (let t = 0; t < taps; t++) {
        const index = indices[t * pixels + p] as number;
        if (index < 0 && outside === undefined) absent.push(t);
        for (let w = 0; w < words; w++)
          seen[t * words + w] = (index < 0 ? padding[w] : bits[index * words + w]) as number;
      }
      const valid = (taps - absent.length) * channels;
      for (let o = 0; o < outputs; o++) {
        let different = distance(seen, weights, o * seen.length);
        // An absent tap shows zeros: it differs from the weights in all of their ones, which do not count.
        for (const t of absent) different -= ones[o * taps + t] as number;
        sums[o * pixels + p] = valid - 2 * different;
      }
    }
    return sums;
  };
}

/** Bits set in each tap's weights. */
function onesPerTap(weights: Int32Array, words: number): Int32Array {
  const zeros = new Int32Array(words);
  return Int32Array.from({ length: weights.length / words }, (_, i) => distance(zeros, weights, i * words));
}

function paddingWords(channels: number, bit: 0 | 1): Int32Array {
  const words = new Int32Array(wordsFor(channels));
  for (let c = 0; bit === 1 && c < channels; c++) words[c >> 5] = (words[c >> 5] as number) | (1 << (c & 31));
  return words;
}

/**
 * Bits in which the words of x differ from those of w that begin at `from`. Words go three at a time through a
 * carry-save adder; counts gather in nibbles, then in bytes (Warren, Hacker's Delight, 5-1). A byte takes 10 triples.
 */
function distance(x: Int32Array, w: Int32Array, from: number): number {
  const count = x.length;
  let different = 0;
  for (let start = 0; start < count; start += 30) {
    const end = Math.min(start + 30, count);
    let bytes = 0;
    for (let i = start; i < end; i += 3) {
      const at = from + i;
      const a = (x[i] as number) ^ (w[at] as number);
      const b = i + 1 < end ? (x[i + 1] as number) ^ (w[at + 1] as number) : 0;
      const c = i + 2 < end ? (x[i + 2] as number) ^ (w[at + 2] as number) : 0;
      const half = a ^ b;
      const counts = nibbles(half ^ c) + 2 * nibbles((a & b) | (half & c));
      bytes += (counts & 0x0f0f0f0f) + ((counts >>> 4) & 0x0f0f0f0f);
    }
    different += Math.imul(bytes & 0x00ff00ff, 0x00010001) >>> 16;
    different += Math.imul((bytes >>> 8) & 0x00ff00ff, 0x00010001) >>> 16;
  }
  return different;
}

/** Bits set in each nibble. */
function nibbles(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}
