/** The options that shape a project, of all commands that make one. */
import type { Command } from "commander";
import { integer, megahertz } from "./arguments.ts";

export interface ProjectFlags {
  readonly targetCycles?: number;
  readonly clock?: number;
  readonly axis?: true;
  readonly allowDsp?: true;
  readonly board?: string;
}

export const withProjectOptions = (command: Command): Command =>
  command
    .option("--target-cycles <n>", "clock cycles per frame to meet (default: as few as fit the device)", integer(1))
    .option("--clock <MHz>", "clock to aim for (default: the board's)", megahertz)
    .option("--board <name>", "board to build for, such as kv260 (default: ultra96v2)")
    .option("--axis", "AXI-Stream ports instead of memory ports")
    .option("--allow-dsp", "products with stored numbers may use DSPs (default: shifts and adds)");

export const projectOptions = ({ targetCycles, clock, axis, allowDsp, board }: ProjectFlags) => ({
  targetCycles,
  clockMegahertz: clock,
  axiStream: axis,
  allowDsp,
  board,
});
