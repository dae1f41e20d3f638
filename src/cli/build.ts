import type { Command } from "commander";
import { VENDOR_STEPS } from "../flow/vendor-steps.ts";
import { vendorCommand } from "./vendor.ts";

export const build = (program: Command): void =>
  vendorCommand(
    program
      .command("build")
      .description("Take a model through Vitis HLS and Vivado to a bitstream, a driver and reports."),
    VENDOR_STEPS,
    "bitloom build models/fashion-mnist/model.json -o build",
  );
