/** The sliding window of a stage, src/templates/rtl/sliding_window.sv. */
import type { Windowing } from "../windowing.ts";
import { windowNumbers } from "../windowing.ts";
import { CLOCK, instance, streamPorts, streamWires } from "./verilog.ts";

/** Reads `in0`, writes the stream `window`. */
export function windowLines(windowing: Windowing): string[] {
  const { rows: _rows, columns: _columns, fill, ...numbers } = windowNumbers(windowing);
  const { simd, bits } = windowing;
  return [
    ...streamWires("window", simd * bits),
    ...instance(
      "sliding_window",
      "slide",
      { ...numbers, fill: `${bits}'h${fill.toString(16)}` },
      { ...CLOCK, ...streamPorts("in", "in0"), ...streamPorts("out", "window") },
    ),
  ];
}
