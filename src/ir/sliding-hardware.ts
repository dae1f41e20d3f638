/** What stages with a sliding window have in common: they read whole pixels in order, into a buffer of a few rows. */
import type { Parts } from "./cost.ts";
import { allParts, areaOf, blockRams, choiceLuts, counter, inBlockRam, ram, times } from "./cost.ts";
import { bitWidth } from "./data-type.ts";
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

/** All rows of the window but its last one, as src/templates/rtl/line_buffers.sv keeps them. */
export function lineParts({ shape, type }: Stream, { kernel }: Window, scarceLuts = false): Parts {
  const [bits, columns] = [shape[0] * bitWidth(type), shape[2]];
  const row = linesInBlockRam(bits, columns, scarceLuts) ? { bram18: blockRams(bits, columns) } : ram(bits, columns);
  return times(kernel[0] - 1, row);
}

/** Whether a row of pixels is in block RAM, which is read a pixel ahead. */
export const linesInBlockRam = (bits: number, columns: number, scarceLuts: boolean): boolean =>
  columns > 64 || (columns > 1 && inBlockRam(areaOf(ram(bits, columns)).lut, blockRams(bits, columns), scarceLuts));

/** The window itself, and the chunks of `simd` elements that it is read in. */
export function windowParts({ shape }: Stream, window: Window, elementBits: number, simd: number): Parts {
  const [rows, columns] = rowsAndColumns(shape, window);
  const [height, width] = window.kernel;
  const pixel = shape[0] * elementBits;
  const chunks = (height * width * shape[0]) / simd;
  return allParts([
    // The window that slides, the one that leaves, and a chunk of it.
    { window: 1, register: 2 * height * width * pixel + (chunks > 1 ? simd * elementBits : 0) },
    // A LUT clears a tap that is padded.
    { lut: height * width },
    // And what says which chunk it is.
    chunks > 1 ? { lut: simd * elementBits * choiceLuts(chunks) + chunks } : {},
    counter(rows),
    counter(columns),
    counter(chunks),
  ]);
}
