/** The sliding window of a stage, src/templates/rtl/sliding_window.sv. */

import { linesInBlockRam } from "../sliding-hardware.ts";
import type { Windowing } from "../windowing.ts";
import { windowNumbers } from "../windowing.ts";
import { CLOCK, instance, streamPorts, streamWires } from "./verilog.ts";

/** Reads `in0`, writes the stream `window`; `blockRam` as a folding has it. */
export function windowLines(windowing: Windowing, blockRam = false): string[] {
  const { rows: _rows, columns: _columns, fill, ...numbers } = windowNumbers(windowing);
  const { simd, bits, signs } = windowing;
  const { channels, width } = numbers;
  const block = linesInBlockRam(channels * (signs ? 1 : bits), width, blockRam);
  return [
    ...streamWires("window", simd * bits),
    ...instance(
      "sliding_window",
      "slide",
      { ...numbers, block, fill: `${bits}'h${fill.toString(16)}` },
      { ...CLOCK, ...streamPorts("in", "in0"), ...streamPorts("out", "window") },
    ),
  ];
}
