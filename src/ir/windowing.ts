/** The numbers of the sliding window (sliding_window.hpp and .sv), and the classes of pixels whose windows lack the same taps. */
import type { Padding } from "./attributes.ts";
import type { Shape } from "./tensor.ts";
import type { Window } from "./window.ts";
import { rowsAndColumns } from "./window.ts";

export interface Windowing {
  readonly input: Shape;
  readonly window: Window;
  readonly padding: Padding;
  readonly groups: number;
  readonly simd: number;
  /** Of an element in the window, and in how many planes they go out. */
  readonly bits: number;
  readonly planes: number;
  /** Whether bipolar elements become signed ones, so that a padded one can be 0. */
  readonly signs: boolean;
  /** Bits of a padded element. */
  readonly fill: bigint;
}

export function windowNumbers({ input, window, padding, groups, simd, bits, planes, signs, fill }: Windowing) {
  const [channels, height, width] = input;
  const [kernelHeight, kernelWidth] = window.kernel;
  const [outHeight, outWidth] = window.output;
  const [strideRows, strideColumns] = window.stride;
  const [rows, columns] = rowsAndColumns(input, window);
  return {
    height,
    width,
    channels,
    top: padding.top,
    left: padding.left,
    rows,
    columns,
    kernel_height: kernelHeight,
    kernel_width: kernelWidth,
    stride_rows: strideRows,
    stride_columns: strideColumns,
    out_height: outHeight,
    out_width: outWidth,
    groups,
    simd,
    bits,
    planes,
    signs,
    fill,
  };
}

/** Kernel rows (or columns) from `first` to before `end` lie inside the map. */
interface Inside {
  readonly first: number;
  readonly end: number;
}

export interface Borders {
  readonly rowClasses: readonly Inside[];
  readonly columnClasses: readonly Inside[];
  /** Class of each row and column of the output. */
  readonly rowClass: readonly number[];
  readonly columnClass: readonly number[];
}

export function borders([, height, width]: Shape, { kernel, stride, padding, output }: Window): Borders {
  const [rowClasses, rowClass] = classify(output[0], kernel[0], stride[0], padding.top, height);
  const [columnClasses, columnClass] = classify(output[1], kernel[1], stride[1], padding.left, width);
  return { rowClasses, columnClasses, rowClass, columnClass };
}

function classify(outputs: number, kernel: number, stride: number, before: number, size: number): [Inside[], number[]] {
  const classes: Inside[] = [];
  const of = Array.from({ length: outputs }, (_, i) => {
    const start = i * stride - before;
    const [first, end] = [Math.max(0, -start), Math.min(kernel, size - start)];
    const known = classes.findIndex((other) => other.first === first && other.end === end);
    return known >= 0 ? known : classes.push({ first, end }) - 1;
  });
  return [classes, of];
}

/** True for the taps (row-major) that a class of pixels lacks. */
export function absentTaps(rows: Inside, columns: Inside, [kernelHeight, kernelWidth]: Window["kernel"]): boolean[] {
  return Array.from({ length: kernelHeight * kernelWidth }, (_, tap) => {
    const [row, column] = [Math.floor(tap / kernelWidth), tap % kernelWidth];
    return row < rows.first || row >= rows.end || column < columns.first || column >= columns.end;
  });
}
