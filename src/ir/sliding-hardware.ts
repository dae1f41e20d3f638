/** What stages with a sliding window have in common: they read whole pixels in order, into a buffer of a few rows. */
import type { Parts } from "./cost.ts";
import { allParts, counter, ram } from "./cost.ts";
import type { Stream } from "./graph.ts";
import type { Window } from "./window.ts";
import { rowsAndColumns } from "./window.ts";

/** Pixels that have been read when the window of an output pixel (row-major) is complete: all up to its last one. */
export function pixelsRead([, height, width]: Stream["shape"], { kernel, stride, padding, output }: Window) {
  return (pixel: number): number => {
    const row = Math.floor(pixel / output[1]) * stride[0] + kernel[0] - 1 - padding.top;
    const column = (pixel % output[1]) * stride[1] + kernel[1] - 1 - padding.left;
    if (row >= height) return height * width;
    return row * width + Math.min(column, width - 1) + 1;
  };
}

/** All rows of the window but its last one, the window itself, and the chunks of `simd` elements that it is read in. */
export function windowParts({ shape }: Stream, window: Window, elementBits: number, simd: number): Parts {
  const [rows, columns] = rowsAndColumns(shape, window);
  const [height, width] = window.kernel;
  const pixel = shape[0] * elementBits;
  const chunks = (height * width * shape[0]) / simd;
  return allParts([
    { window: 1, register: height * width * pixel, lut: pixel, select: simd * elementBits * (chunks - 1) },
    counter(rows),
    counter(columns),
    counter(chunks),
    height > 1 ? ram(pixel * (height - 1), columns) : {},
  ]);
}
