/** What a module takes and how long its longest path is, in the terms of a report. */
import type { SynthesizedModule } from "../../report/stage-usage.ts";
import { longestPath } from "./longest-path.ts";
import type { Netlist } from "./netlist.ts";
import { amountsOf } from "./usage.ts";

/** Throws a DiagnosticError for cells without a price and for a combinational loop. */
export function measure(netlist: Netlist, module: string): SynthesizedModule {
  const { lut, lutram, srl, ff, carry8, ramb18, ramb36, dsp, uram } = amountsOf(netlist, module);
  // As Vivado counts: LUTs as memory are LUTs too, and a RAMB36 is two halves.
  const memory = lutram + srl;
  return {
    module,
    used: { lut: lut + memory, lutram: memory, ff, bram18: ramb18 + 2 * ramb36, dsp, uram },
    netlist: { srl, carry8, ramb18, ramb36, longestPath: longestPath(netlist, module) },
  };
}
