/** What `synth` and `build` have in common: options, live output, and the summary at the end. */
import type { Command } from "commander";
import { Option } from "commander";
import type { RunEvent } from "../build/run.ts";
import { formatDiagnostic } from "../diagnostics.ts";
import type { VendorStep } from "../flow/vendor-steps.ts";
import type { Common, Session } from "./command.ts";
import { finish } from "./command.ts";
import type { Output } from "./output.ts";
import type { ProjectFlags } from "./project-options.ts";
import { projectOptions, withProjectOptions } from "./project-options.ts";

export interface VendorOptions extends Common, ProjectFlags {
  readonly output?: string;
  readonly from?: VendorStep;
  readonly until?: VendorStep;
  readonly dryRun?: true;
  readonly tool?: string;
}

type VendorAction = (target: string, options: VendorOptions, session: Session) => Promise<void>;

/** Adds a command that runs the vendor's steps, of which `steps` may be chosen; all of them by default. */
export function vendorCommand(
  command: Command,
  steps: readonly VendorStep[],
  example: string,
  action: VendorAction = (target, options, session) => buildTarget(target, options, session, steps),
): void {
  const last = steps.at(-1) as VendorStep;
  withProjectOptions(
    command
      .argument("<target>", "model.json, or a folder that `bitloom generate` made")
      .option("-o, --output <folder>", "the build folder (needed for a model)"),
  )
    .addOption(new Option("--from <step>", "run this step and those after it again").choices(steps))
    .addOption(new Option("--until <step>", `stop after this step (default: ${last})`).choices(steps))
    .option("--dry-run", "show the plan, and do nothing");
  finish<[string], VendorOptions>(command, example, ([target], options, session) => action(target, options, session));
}

export async function buildTarget(
  target: string,
  options: VendorOptions,
  { output, signal }: Session,
  steps: readonly VendorStep[],
): Promise<void> {
  const pipeline = await import("../pipeline.ts");
  const { planText } = await import("../flow/vendor-build.ts");
  const settings = {
    ...projectOptions(options),
    from: options.from,
    until: options.until ?? (steps.at(-1) as VendorStep),
  };
  const folder = options.dryRun ? undefined : await pipeline.buildFolder(target, options.output);
  const planned = await pipeline.planBuild(target, settings);
  for (const warning of planned.warnings) output.note(formatDiagnostic(warning));
  if (folder === undefined) {
    output.text(planText(planned.plan));
    output.json(
      planned.plan.steps.map(({ name, arguments: words, inputs, products, digest }) => ({
        name,
        arguments: words,
        inputs,
        products,
        digest,
      })),
    );
    return;
  }
  const onEvent = (event: RunEvent) => showEvent(event, output);
  const report = await pipeline.build(planned, folder, settings, { signal, onEvent });
  const { summaryText } = await import("../report/summary-text.ts");
  output.text(summaryText(report, output.paint));
  output.text(output.paint.dim(`  ${folder}/report.html has it all`));
  output.json(report);
}

export function showEvent(event: RunEvent, { note, progress }: Output): void {
  if (event.kind === "files") note(`${event.total} files, ${event.written.length} of them new`);
  else if (event.kind === "line") progress.show(`${event.step}: ${event.line}`);
  else note(`${event.step}: ${event.state}`);
}
