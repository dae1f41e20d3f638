/** The SystemVerilog that cosim runs: a project's own, as it lies there, edited or not; a model's is written for the run. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { generateRtl } from "../codegen/rtl/index.ts";
import { DiagnosticError, noRtlFiles } from "../diagnostics.ts";
import { writeWhole } from "../files.ts";
import type { ScheduledGraph } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";

/** Rejects with a DiagnosticError that names the kinds that have no SystemVerilog. */
export async function writeRtl(folder: string, scheduled: ScheduledGraph): Promise<void> {
  for (const [path, text] of generateRtl(scheduled, layers)) await writeWhole(join(folder, path), text);
}

/** Rejects with a DiagnosticError if the project has none. */
export async function checkRtl(folder: string, { graph }: ScheduledGraph): Promise<void> {
  const top = join(folder, `rtl/${graph.name}.sv`);
  await stat(top).catch(() => {
    throw new DiagnosticError([noRtlFiles(top)]);
  });
}
