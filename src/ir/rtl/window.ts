/** The sliding window of a stage, src/templates/rtl/sliding_window.sv. */

import { linesInBlockRam } from "../sliding-hardware.ts";
import type { Windowing } from "../windowing.ts";
import { windowNumbers } from "../windowing.ts";
import type { ChunkFormat } from "./constant-groups.ts";
import { fullCodes } from "./constant-groups.ts";
import { CLOCK, instance, streamPorts, streamWires } from "./verilog.ts";

/** Reads the stream `from`, writes the stream `window`; `blockRam` as a folding has it. */
export function windowLines(windowing: Windowing, blockRam = false, from = "in0"): string[] {
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
      { ...CLOCK, ...streamPorts("in", from), ...streamPorts("out", "window") },
    ),
  ];
}

/** The same with level codes in the window where the chunks consist of them: of `in0` each pixel becomes codes before the line buffers. */
export function chunkWindowLines(windowing: Windowing, chunk: ChunkFormat, blockRam = false): string[] {
  const { products, bits, codeBits } = chunk;
  if (codeBits === undefined) return windowLines(windowing, blockRam);
  const [channels, ...size] = windowing.input;
  const numbers = channels / products;
  const codes = {
    ...{ ...windowing, input: [numbers, ...size] as const, bits },
    simd: windowing.simd / products,
    fill: windowing.fill > 0n ? fullCodes(products, codeBits) : 0n,
  };
  return [
    ...streamWires("codes", numbers * bits),
    ...instance(
      "level_codes",
      "encode",
      { numbers, levels: products, code_bits: codeBits, bits },
      { x: "in0_data", codes: "codes_data" },
    ),
    "assign codes_valid = in0_valid;",
    "assign in0_ready = codes_ready;",
    ...windowLines(codes, blockRam, "codes"),
  ];
}
