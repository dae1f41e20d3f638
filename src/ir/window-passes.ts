/** The order in which a sliding window goes over its map (src/templates/rtl/sliding_window.sv). */
import type { WindowOrder } from "./pace.ts";

/** Rows and columns of the map over which the window's newest row and column go, and where the first output is. */
export interface Passes {
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
  readonly due: readonly [row: number, column: number];
  /** The first row is read ahead of the passes. */
  readonly leads: boolean;
  /** And that while the former frame's last pass is under way. */
  readonly overlaps: boolean;
}

export function passesOf({ input, window }: WindowOrder): Passes {
  const [, height, width] = input;
  const { kernel, stride, padding, output } = window;
  const due = [kernel[0] - 1 - padding.top, kernel[1] - 1 - padding.left] as const;
  const leads = due[0] >= 1;
  const to = (axis: 0 | 1, size: number) => Math.max(due[axis] + (output[axis] - 1) * stride[axis], size - 1);
  const rows = [leads ? 1 : Math.min(due[0], 0), to(0, height)] as const;
  const columns = [Math.min(due[1], 0), to(1, width)] as const;
  return { rows, columns, due, leads, overlaps: leads && rows[1] >= height && columns[0] === 0 };
}

/** A position at which a pixel of the map comes in, and one at which the window is then an output's. */
export const READS = 1;
export const DUE = 2;

/** READS and DUE of each position of a frame in turn, pass by pass of `columns` positions; `lead` pixels are read before the first. */
export function positions(order: WindowOrder) {
  const { input, window } = order;
  const [, height, width] = input;
  const { stride, output } = window;
  const { rows, columns, due, leads, overlaps } = passesOf(order);
  const length = columns[1] - columns[0] + 1;
  const marks = new Uint8Array((rows[1] - rows[0] + 1) * length);
  for (let row = Math.max(rows[0], 0); row < height; row++) {
    const start = (row - rows[0]) * length - columns[0];
    marks.fill(READS, start, start + width);
  }
  for (let row = 0; row < output[0]; row++)
    for (let column = 0; column < output[1]; column++) {
      const [y, x] = [due[0] + row * stride[0] - rows[0], due[1] + column * stride[1] - columns[0]];
      marks[y * length + x] = (marks[y * length + x] as number) | DUE;
    }
  return { marks, lead: leads ? width : 0, overlaps, columns: length };
}
