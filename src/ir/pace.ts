/** How fast a stage goes if nothing holds it up: the cycles of a frame and the depths of FIFOs follow from it. */
import type { Shape } from "./tensor.ts";
import type { Window } from "./window.ts";

export interface Pace {
  /** Cycles of work at each beat of the output, one after another. */
  readonly work: number;
  /** Cycles from the last one of that work to the one in which the beat goes into its FIFO. */
  readonly latency: number;
  readonly window?: WindowOrder | undefined;
}

/**
 * A window goes over the map, one position in each cycle (src/templates/rtl/sliding_window.sv). When it is an output's it moves on as soon
 * as the former one has left: `held` cycles after the work at that one's first beat began, or `last` cycles before if the window leaves in
 * parts, since the last of them then waits behind it.
 */
export interface WindowOrder {
  readonly input: Shape;
  readonly window: Window;
  /** Beats of each output pixel. */
  readonly beats: number;
  readonly held: number;
  /** Cycles for which the last part is looked at; 0 for a window in one part. */
  readonly last: number;
}

/** Rows and columns of the map over which the window's newest row and column go, and where the first output is. */
interface Passes {
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
  readonly due: readonly [row: number, column: number];
  /** The first row is read ahead of the passes. */
  readonly leads: boolean;
  /** And that while the former frame's last pass is under way. */
  readonly overlaps: boolean;
}

function passesOf({ input, window }: WindowOrder): Passes {
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

/** READS and DUE of each position of a frame in turn; `lead` pixels are read before them, as soon as the `column`th of the last pass is over. */
export function positions(order: WindowOrder) {
  const { input, window } = order;
  const [, height, width] = input;
  const { stride, output } = window;
  const { rows, columns, due, leads, overlaps } = passesOf(order);
  const [passes, places] = [rows[1] - rows[0] + 1, columns[1] - columns[0] + 1];
  const marks = new Uint8Array(passes * places);
  for (let row = Math.max(rows[0], 0); row < height; row++) {
    const start = (row - rows[0]) * places - columns[0];
    marks.fill(READS, start, start + width);
  }
  for (let row = 0; row < output[0]; row++)
    for (let column = 0; column < output[1]; column++) {
      const [y, x] = [due[0] + row * stride[0] - rows[0], due[1] + column * stride[1] - columns[0]];
      marks[y * places + x] = (marks[y * places + x] as number) | DUE;
    }
  return { marks, lead: leads ? width : 0, overlaps, columns: places };
}

/** Windows of a row, and rows, after which all goes on in the same way. */
const SETTLED = 8;
const FRAMES = 3;

/** Cycles of a frame for a stage with a window, if beats are always there. */
export function windowCycles(order: WindowOrder, work: number): number {
  const { window, input } = order;
  const { stride, output } = window;
  const { rows, columns, due, leads, overlaps } = passesOf(order);
  const width = columns[1] - columns[0] + 1;
  const trail =
    (rows[1] - due[0] - (output[0] - 1) * stride[0]) * width + columns[1] - due[1] - (output[1] - 1) * stride[1];
  const first = (due[0] - rows[0]) * width + due[1] - columns[0] + 1;
  const pause = !leads ? 0 : !overlaps ? input[2] + 1 : columns[1] >= input[2] ? 1 : 2;
  const walk = new WindowWalk(order, work);
  let ended = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    ended = walk.worked;
    walk.move(trail);
    walk.rest(pause);
    walk.move(first);
    walk.repeat(output[0], (row) => {
      if (row > 0) walk.move(stride[0] * width - (output[1] - 1) * stride[1]);
      walk.repeat(output[1], (column) => {
        if (column > 0) walk.move(stride[1]);
        walk.due();
      });
    });
  }
  return walk.worked - ended;
}

/** Where a window and the work at it are. */
export class WindowWalk {
  /** The cycle of the last move, and the last one of work. */
  moved = -1;
  worked = -1;
  private readonly order: WindowOrder;
  private readonly work: number;
  /** When the window can move again, and when the window before it has left. */
  private free = 0;
  private left = 0;

  constructor(order: WindowOrder, work: number) {
    this.order = order;
    this.work = work;
  }

  move(positions: number, from = 0): void {
    if (positions > 0) this.moved = Math.max(this.moved + 1, this.free, from) + positions - 1;
  }

  rest(cycles: number): void {
    this.moved += cycles;
  }

  /** The window is an output's: returns the cycle in which the work at its first beat begins. */
  due(): number {
    const { beats, held, last } = this.order;
    this.free = Math.max(this.moved + 1, this.left);
    const begins = Math.max(this.free + (last > 0 ? 1 : 0), this.worked) + 1;
    this.left = begins + held - 1 - last;
    this.worked = begins + beats * this.work - 1;
    return begins;
  }

  /** Calls `step` for each of so many; once it has settled, time only passes. */
  repeat(count: number, step: (index: number) => void): void {
    let before = 0;
    for (let i = 0; i < Math.min(count, SETTLED); i++) {
      before = this.worked;
      step(i);
    }
    const passed = Math.max(count - SETTLED, 0) * (this.worked - before);
    this.moved += passed;
    this.worked += passed;
    this.free += passed;
    this.left += passed;
  }
}
