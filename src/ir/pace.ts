/** How fast a stage goes if nothing holds it up: the cycles of a frame and the depths of FIFOs follow from it. */
import type { Shape } from "./tensor.ts";
import type { Window } from "./window.ts";
import { rowsAndColumns } from "./window.ts";

export interface Pace {
  /** Cycles of work at each beat of the output, one after another. */
  readonly work: number;
  /** Cycles from the last one of that work to the one in which the beat goes into its FIFO. */
  readonly latency: number;
  readonly window?: WindowOrder | undefined;
}

/**
 * A window goes over the padded map, one position in each cycle. Where it is an output's, it waits until its last part has been taken:
 * `held` cycles from when the work at its first beat begins.
 */
export interface WindowOrder {
  readonly input: Shape;
  readonly window: Window;
  /** Beats of each output pixel. */
  readonly beats: number;
  readonly held: number;
}

/** A position at which a pixel of the map comes in, and one at which the window is then an output's. */
export const READS = 1;
export const DUE = 2;

/** READS and DUE of each position in turn. */
export function positions({ input, window }: WindowOrder): Uint8Array {
  const [, height, width] = input;
  const { kernel, stride, padding, output } = window;
  const [rows, columns] = rowsAndColumns(input, window);
  const marks = new Uint8Array(rows * columns);
  for (let row = padding.top; row < padding.top + height; row++)
    marks.fill(READS, row * columns + padding.left, row * columns + padding.left + width);
  for (let row = 0; row < output[0]; row++)
    for (let column = 0; column < output[1]; column++) {
      const place = (row * stride[0] + kernel[0] - 1) * columns + column * stride[1] + kernel[1] - 1;
      marks[place] = (marks[place] as number) | DUE;
    }
  return marks;
}

/** Cycles of a frame for a stage with a window: moving it on goes along with the work at the beats that no longer need it. */
export function windowCycles({ input, window, beats, held }: WindowOrder, work: number): number {
  const { stride, output } = window;
  const [rows, columns] = rowsAndColumns(input, window);
  const nextRow = stride[0] * columns - (output[1] - 1) * stride[1];
  const nextFrame = rows * columns - (output[0] - 1) * stride[0] * columns - (output[1] - 1) * stride[1];
  const from = (moves: number) => Math.max(beats * work, held - 1 + moves);
  return output[0] * (output[1] - 1) * from(stride[1]) + (output[0] - 1) * from(nextRow) + from(nextFrame);
}
