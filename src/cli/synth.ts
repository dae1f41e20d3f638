import type { Command } from "commander";
import { Option } from "commander";
import { HLS_STEPS } from "../flow/vendor-steps.ts";
import type { Session } from "./command.ts";
import { projectOptions } from "./project-options.ts";
import type { VendorOptions } from "./vendor.ts";
import { buildTarget, vendorCommand } from "./vendor.ts";

export const synth = (program: Command): void =>
  vendorCommand(
    program
      .command("synth")
      .description("Run Vitis HLS on a model: csim, synthesis, cosimulation and the export of an IP, with reports.")
      .addOption(
        new Option(
          "--tool <tool>",
          "yosys: synthesize each stage's SystemVerilog and the whole, and show what they take",
        )
          .choices(["vitis", "yosys"])
          .default("vitis"),
      ),
    HLS_STEPS,
    "bitloom synth models/fashion-mnist/model.json -o build --until csynth",
    (target, options, session) =>
      options.tool === "yosys" ? synthesizeTarget(target, options, session) : buildTarget(target, options, session),
  );

async function synthesizeTarget(target: string, options: VendorOptions, session: Session): Promise<void> {
  const { output, signal } = session;
  const { synthesizeOpen } = await import("../pipeline.ts");
  const { stageUsageText } = await import("../report/stage-usage-text.ts");
  const { resources, stages } = await synthesizeOpen(target, projectOptions(options), {
    signal,
    progress: output.progress.show,
  });
  output.text(stageUsageText(resources, stages));
  output.json(resources);
}
