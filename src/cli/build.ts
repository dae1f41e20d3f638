import type { Command } from "commander";
import { BUILD_STEPS } from "../flow/vendor-steps.ts";
import { vendorCommand } from "./vendor.ts";

export const build = (program: Command): void =>
  vendorCommand(
    program
      .command("build")
      .description("Take a model through Vitis HLS and Vivado to a bitstream, a driver and reports."),
    BUILD_STEPS,
    "bitloom build models/fashion-mnist/model.json -o build",
  );
