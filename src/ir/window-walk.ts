/** How long a window and the work at it take. */
import type { WindowOrder } from "./pace.ts";
import { passesOf } from "./window-passes.ts";

/** Windows of a row, and rows, after which all goes on in the same way; and frames. */
const SETTLED = 8;
const FRAMES = 3;

/** Cycles of a frame for a stage with a window, if beats are always there. */
export function windowCycles(order: WindowOrder, work: number): number {
  const { stride, output } = order.window;
  const { rows, columns, due } = passesOf(order);
  const length = columns[1] - columns[0] + 1;
  const nextRow = stride[0] * length - (output[1] - 1) * stride[1];
  const place = (row: number, column: number) => (row - rows[0]) * length + column - columns[0] + 1;
  const toFirst = place(due[0], due[1]);
  const toLast = place(due[0] + (output[0] - 1) * stride[0], due[1] + (output[1] - 1) * stride[1]);
  const fromLast = place(rows[1], columns[1]) - toLast;
  const walk = new WindowWalk(order, work);
  let ended = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    ended = walk.worked;
    walk.move(fromLast);
    walk.rest(pauseOf(order));
    walk.move(toFirst);
    walk.repeat(output[0], (row) => {
      if (row > 0) walk.move(nextRow);
      walk.repeat(output[1], (column) => {
        if (column > 0) walk.move(stride[1]);
        walk.due();
      });
    });
  }
  return walk.worked - ended;
}

/** Cycles between two frames in which the window waits for the first row. Where that comes during the last pass only its end is waited for. */
function pauseOf(order: WindowOrder): number {
  const { columns, leads, overlaps } = passesOf(order);
  const [, , width] = order.input;
  if (!leads) return 0;
  if (!overlaps) return width + 1;
  return columns[1] >= width ? 1 : 2;
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

  /** Goes on by so many positions, to the first of them not before the cycle `from`. */
  move(positions: number, from = 0): void {
    if (positions > 0) this.moved = Math.max(this.moved + 1, this.free, from) + positions - 1;
  }

  /** Stays for so many cycles. */
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
