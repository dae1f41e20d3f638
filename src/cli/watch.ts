import { dirname } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import type { VendorStep } from "../flow/vendor-steps.ts";
import { BUILD_STEPS } from "../flow/vendor-steps.ts";
import type { Common, Session } from "./command.ts";
import { finish } from "./command.ts";
import { failureText } from "./failure.ts";
import type { ProjectFlags } from "./project-options.ts";
import { projectOptions, withProjectOptions } from "./project-options.ts";
import { showEvent } from "./vendor.ts";

interface Options extends Common, ProjectFlags {
  readonly output: string;
  readonly until?: VendorStep;
}

/** Models and the sidecars of their weights. */
const MATTERS = /\.(json|safetensors|npz)$/;
const FRAMES = 4;

export function watch(program: Command): void {
  const command = withProjectOptions(
    program
      .command("watch")
      .description("Build again whenever the model or its weights change, until Ctrl-C.")
      .argument("<model>", "model.json")
      .requiredOption("-o, --output <folder>", "the build folder"),
  ).addOption(
    new Option("--until <step>", "run AMD's tools up to this step (default: only csim by the C++ compiler)").choices(
      BUILD_STEPS,
    ),
  );
  finish<[string], Options>(command, "bitloom watch model.json -o build", ([model], options, session) =>
    watchModel(model, options, session),
  );
}

async function watchModel(model: string, options: Options, { output, signal }: Session): Promise<void> {
  const { rerunOnChange } = await import("../flow/rerun.ts");
  const { buildFolder } = await import("../pipeline.ts");
  // No change of the model mends a wrong folder.
  await buildFolder(model, options.output);
  const work = async (cancelled: AbortSignal) => {
    try {
      await buildOnce(model, options, output, AbortSignal.any([cancelled, signal]));
    } catch (error) {
      // A mistake in the model is what the next change mends.
      if (!cancelled.aborted) output.note(failureText(error, output.paint, options.debug ?? false));
    }
    if (!cancelled.aborted) output.note("waiting for changes (Ctrl-C ends)");
  };
  await rerunOnChange(work, {
    folders: [dirname(model)],
    matters: (file) => MATTERS.test(file),
    signal,
    onChange: (files) => output.note(`${files.join(", ")} changed`),
  });
}

async function buildOnce(
  model: string,
  options: Options,
  output: Session["output"],
  signal: AbortSignal,
): Promise<void> {
  const pipeline = await import("../pipeline.ts");
  const watching = { signal, progress: output.progress.show };
  const { until, output: folder } = options;
  if (until === undefined) {
    const { equivalenceText } = await import("../report/equivalence-text.ts");
    await pipeline.generate(model, folder, projectOptions(options), watching);
    const { report } = await pipeline.csim(folder, { seed: 1, frames: FRAMES }, {}, watching);
    output.text(equivalenceText(report, output.paint));
    return;
  }
  const { summaryText } = await import("../report/summary-text.ts");
  const planned = await pipeline.planBuild(model, { ...projectOptions(options), until });
  const report = await pipeline.build(planned, folder, {}, { signal, onEvent: (event) => showEvent(event, output) });
  output.text(summaryText(report, output.paint));
}
