/** How fast a stage goes if nothing holds it up: the cycles of a frame and the depths of FIFOs follow from it. */
import type { Shape } from "./tensor.ts";
import type { Window } from "./window.ts";

export interface Pace {
  /** Cycles of work at each beat of the output, one after another. */
  readonly work: number;
  /** Cycles from the last one of that work to the one in which the beat goes into its FIFO. */
  readonly latency: number;
  readonly window?: WindowOrder | undefined;
  /** Whether the only beat of a frame stays in its FIFO until the last beat of the output. */
  readonly holds?: boolean;
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
