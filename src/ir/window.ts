/** Geometry of a sliding window, and the values that it sees. */
import type { Padding } from "./attributes.ts";
import type { Raws, Shape, Tensor } from "./tensor.ts";

type Pair = readonly [vertical: number, horizontal: number];

export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
  /** Height and width of the map that comes out. */
  readonly output: Pair;
}

export function slidingWindow([, height, width]: Shape, kernel: Pair, stride: Pair, padding: Padding): Window {
  const rows = height + padding.top + padding.bottom - kernel[0];
  const columns = width + padding.left + padding.right - kernel[1];
  const output = [Math.floor(rows / stride[0]) + 1, Math.floor(columns / stride[1]) + 1] as const;
  return { kernel, stride, padding, output };
}

/** Whether the windows are next to one another and all of the map is in one of them. */
export function tiles([, height, width]: Shape, { kernel, stride, padding, output }: Window): boolean {
  const along = (size: number, side: 0 | 1) =>
    size === output[side] * kernel[side] && (stride[side] === kernel[side] || output[side] === 1);
  const { top, left, bottom, right } = padding;
  return top + left + bottom + right === 0 && along(height, 0) && along(width, 1);
}

/** Rows and columns of the padded map as far as windows look. */
export function rowsAndColumns([, height, width]: Shape, { kernel, stride, padding, output }: Window): Pair {
  return [
    Math.max(padding.top + height, (output[0] - 1) * stride[0] + kernel[0]),
    Math.max(padding.left + width, (output[1] - 1) * stride[1] + kernel[1], LEAST_COLUMNS),
  ];
}

/** A line buffer is read and written in each cycle: the memory needs some before the same place comes again. */
const LEAST_COLUMNS = 4;

/**
 * For each tap (kernel row, kernel column) and output pixel the index of the input pixel under it, or -1 outside of the map.
 * Index of the result: tap * output pixels + output pixel.
 */
export function windowIndices([, height, width]: Shape, { kernel, stride, padding, output }: Window): Int32Array {
  const indices = new Int32Array(kernel[0] * kernel[1] * output[0] * output[1]);
  let at = 0;
  for (let kr = 0; kr < kernel[0]; kr++)
    for (let kc = 0; kc < kernel[1]; kc++)
      for (let r = 0; r < output[0]; r++)
        for (let c = 0; c < output[1]; c++) {
          const row = r * stride[0] + kr - padding.top;
          const column = c * stride[1] + kc - padding.left;
          const inside = row >= 0 && row < height && column >= 0 && column < width;
          indices[at++] = inside ? row * width + column : -1;
        }
  return indices;
}

/** What one channel of the input shows under one tap, for each output pixel; `outside` where there is no pixel. */
export function tapValues(input: Tensor, channel: number, indices: Int32Array, outside: number): Raws {
  const [, height, width] = input.shape;
  const base = channel * height * width;
  const { data } = input;
  if (Array.isArray(data)) {
    const pad = BigInt(outside);
    return Array.from(indices, (index) => (index < 0 ? pad : (data[base + index] as bigint)));
  }
  const values = new Float64Array(indices.length);
  for (let i = 0; i < values.length; i++) {
    const index = indices[i] as number;
    values[i] = index < 0 ? outside : (data[base + index] as number);
  }
  return values;
}
