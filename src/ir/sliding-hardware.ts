/** What stages with a sliding window have in common: they read whole pixels in order, into a buffer of a few rows. */
import type { Area } from "./cost.ts";
import { area, memory, totalArea } from "./cost.ts";
import { bitWidth } from "./data-type.ts";
import type { Stream } from "./graph.ts";
import type { Window } from "./window.ts";

/** Pixels that have been read when the window of an output pixel (row-major) is complete: all up to its last one. */
export function pixelsRead([, height, width]: Stream["shape"], { kernel, stride, padding, output }: Window) {
  return (pixel: number): number => {
    const row = Math.floor(pixel / output[1]) * stride[0] + kernel[0] - 1 - padding.top;
    const column = (pixel % output[1]) * stride[1] + kernel[1] - 1 - padding.left;
    if (row >= height) return height * width;
    return row * width + Math.min(column, width - 1) + 1;
  };
}

/** All rows of the window but its last one, and the window itself. */
export function windowArea({ shape: [channels, , width], type }: Stream, { kernel }: Window): Area {
  const bits = channels * bitWidth(type);
  const rows = kernel[0] > 1 ? memory(bits * (kernel[0] - 1), width) : area(0);
  return totalArea([rows, area(40 + bits / 4, kernel[0] * kernel[1] * bits)]);
}
