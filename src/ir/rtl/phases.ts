/** Constants of a linear form by its phases: the rows of channels, and the sides of its choice. */
import type { LinearForm } from "./linear-form.ts";
import type { Signal } from "./pipeline.ts";
import { indexBits } from "./verilog.ts";

/** What tells the phases apart as far as some constants differ: the row in the lower bits, the choice above. */
export interface Phases {
  readonly bits: number;
  /** 1 if no constant depends on the row. */
  readonly rows: number;
  /** Undefined if none depends on it. */
  readonly choice: Signal | undefined;
  /** Constants of one side of the choice. */
  readonly side: number;
}

/** `lists` are constants of a form for each phase. */
export function phasesOf({ choice }: LinearForm, side: number, lists: readonly (readonly bigint[])[]): Phases {
  const byRow = lists.some((list) => list.some((raw, i) => raw !== list[i - (i % side)]));
  const byChoice = lists.some((list) => list.some((raw, i) => raw !== list[i % side]));
  const rows = byRow ? side : 1;
  const bits = (byRow ? indexBits(side) : 0) + (byChoice ? 1 : 0);
  return { bits, rows, choice: byChoice ? choice : undefined, side };
}

/** Where the constants of a phase stand in the lists, by the number that its bits are. */
export function placeOf({ rows, side }: Phases, phase: number): number {
  const rowBits = rows > 1 ? indexBits(rows) : 0;
  const row = Math.min(phase & (2 ** rowBits - 1), rows - 1);
  return (phase >> rowBits) * side + row;
}
