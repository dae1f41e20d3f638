import type { Command } from "commander";
import { HLS_STEPS } from "../flow/vendor-steps.ts";
import { vendorCommand } from "./vendor.ts";

export const synth = (program: Command): void =>
  vendorCommand(
    program
      .command("synth")
      .description("Run Vitis HLS on a model: csim, synthesis, cosimulation and the export of an IP, with reports."),
    HLS_STEPS,
    "bitloom synth models/fashion-mnist/model.json -o build --until csynth",
  );
