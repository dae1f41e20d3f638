import type { Command } from "commander";
import { Option } from "commander";
import { DiagnosticError, optionNotForTool } from "../diagnostics.ts";
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
      options.tool === "yosys"
        ? synthesizeTarget(target, options, session)
        : buildTarget(target, options, session, HLS_STEPS),
  );

async function synthesizeTarget(target: string, options: VendorOptions, { output, signal }: Session): Promise<void> {
  const { from, until } = options;
  const steps = Object.entries({ "--from": from, "--until": until }).filter(([, step]) => step !== undefined);
  if (steps.length > 0) throw new DiagnosticError(steps.map(([option]) => optionNotForTool(option, "Yosys")));
  const pipeline = await import("../pipeline.ts");
  const settings = projectOptions(options);
  if (options.dryRun) {
    const plan = await pipeline.planOpen(target, settings);
    output.text(plan.map(({ module, done }) => `${done ? "up to date" : "to do     "}  ${module}`).join("\n"));
    output.json(plan);
    return;
  }
  const folder = await pipeline.buildFolder(target, options.output);
  const report = await pipeline.synthesizeOpen(target, folder, settings, { signal, progress: output.progress.show });
  const { stageUsageText } = await import("../report/stage-usage-text.ts");
  output.text(stageUsageText(report));
  output.text(output.paint.dim(`  ${folder}/report.html has it all`));
  output.json(report);
}
