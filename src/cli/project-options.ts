/** The options that shape a design, and those that shape a project, of all commands that make one. */
import type { Command } from "commander";
import { Option } from "commander";
import type { Budget, DesignOptions } from "../flow/design.ts";
import type { ProjectOptions } from "../flow/project.ts";
import { budget, integer, megahertz, rate } from "./arguments.ts";

export interface DesignFlags {
  readonly fps?: number;
  readonly targetCycles?: number;
  readonly budget?: Budget;
  readonly clock?: number;
  readonly board?: string;
  readonly reloadableWeights?: true;
}

export interface ProjectFlags extends DesignFlags {
  readonly axis?: true;
  readonly allowDsp?: true;
  readonly rtl?: true;
}

export const withDesignOptions = (command: Command): Command =>
  command
    .option("--fps <n>", "frames per second to reach with the smallest design (default: as many as fit)", rate)
    .addOption(
      new Option("--target-cycles <n>", "the same as clock cycles per frame").argParser(integer(1)).conflicts("fps"),
    )
    .option("--budget <share>", "what to take of the board: 80%, or lut=50000,bram18=300 (default: two thirds)", budget)
    .option("--clock <MHz>", "clock to aim for (default: the board's)", megahertz)
    .option("--board <name>", "board to build for, such as kv260 (default: ultra96v2)")
    .option("--reloadable-weights", "weights that the driver can load again (SystemVerilog)");

export const withProjectOptions = (command: Command): Command =>
  withDesignOptions(command)
    .option("--axis", "AXI-Stream ports instead of memory ports")
    .option("--allow-dsp", "products with stored numbers may use DSPs (default: shifts and adds)")
    .option("--rtl", "SystemVerilog too, in rtl/; a build then needs Vivado alone");

export const designOptions = ({
  fps,
  targetCycles,
  budget,
  clock,
  board,
  reloadableWeights,
}: DesignFlags): DesignOptions => ({
  framesPerSecond: fps,
  targetCycles,
  budget,
  clockMegahertz: clock,
  board,
  reloadableWeights,
});

export const projectOptions = ({ axis, allowDsp, rtl, ...design }: ProjectFlags): ProjectOptions => ({
  ...designOptions(design),
  axiStream: axis,
  allowDsp,
  rtl,
});
