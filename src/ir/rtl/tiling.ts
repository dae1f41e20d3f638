/** In which order the beats of windows come: as src/templates/rtl/tiles.sv has it. */
import type { Parts } from "../cost.ts";
import { allParts, bitsOf, counter, ram } from "../cost.ts";
import type { Shape } from "../tensor.ts";
import type { Window } from "../window.ts";

export interface Tiling {
  /** Elements of a beat. */
  readonly pe: number;
  readonly kernel: Window["kernel"];
  /** Windows of a row. */
  readonly windows: number;
  /** Beats of a place. */
  readonly groups: number;
}

/** Windows that tile the map. */
export function tiledMap([channels, , width]: Shape, kernel: Window["kernel"], pe: number): Tiling {
  return { pe, kernel, windows: width / kernel[1], groups: channels / pe };
}

/** The elements of a sliding window, one after another. */
export function slidingTaps(_shape: Shape, kernel: Window["kernel"], pe: number): Tiling {
  return { pe, kernel: [1, kernel[0] * kernel[1]], windows: 1, groups: 1 };
}

export function tilingNumbers({ pe, kernel, windows, groups }: Tiling) {
  return { pe, groups, kernel_width: kernel[1], windows, kernel_height: kernel[0] };
}

/** What it is made of, for results of so many bits each. */
export function tilingParts({ pe, kernel, windows, groups }: Tiling, bits: number): Parts {
  const places = windows * 2 ** bitsOf(groups);
  return allParts([
    { stage: 1, register: 3 },
    ...[...kernel, windows, groups].map(counter),
    places > 1 ? allParts([ram(pe * bits, places), { register: pe * bits + bitsOf(places) }]) : {},
  ]);
}
