import type { Command } from "commander";
import { formatDiagnostic } from "../diagnostics.ts";
import { isFolder } from "../files.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";
import type { Output } from "./output.ts";

interface Options extends Common {
  readonly against?: string;
}

export function report(program: Command): void {
  const command = program
    .command("report")
    .description("Show what a build folder, or one report or log of Vivado or Vitis HLS, has to say.")
    .argument("<path>", "a build folder, or a file such as top_csynth.xml, utilization.rpt or vivado.log")
    .option("--against <folder>", "compare with another build folder");
  finish<[string], Options>(command, "bitloom report build", async ([path], { against }, { output }) => {
    if (await isFolder(path)) await reportBuild(path, against, output);
    else await reportFile(path, output);
  });
}

async function reportBuild(folder: string, against: string | undefined, output: Output): Promise<void> {
  const pipeline = await import("../pipeline.ts");
  const { comparisonText, summaryText } = await import("../report/summary-text.ts");
  const { stageUsageText } = await import("../report/stage-usage-text.ts");
  const after = await pipeline.report(folder);
  if (against !== undefined) {
    const before = await pipeline.report(against);
    output.text(comparisonText(before, after, [against, folder]));
    output.json({ before, after });
    return;
  }
  output.text(summaryText(after, output.paint));
  const usage = stageUsageText(after);
  if (usage !== "") output.text(`\n${usage}`);
  output.text(output.paint.dim(`  ${folder}/report.html has it all`));
  output.json(after);
}

async function reportFile(file: string, output: Output): Promise<void> {
  const { parseReportFile } = await import("../vivado/reports/index.ts");
  const parsed = await parseReportFile(file);
  for (const diagnostic of parsed.diagnostics) output.note(formatDiagnostic(diagnostic));
  const by = [parsed.toolVersion, parsed.device].filter(Boolean).join(", ");
  output.text(`${parsed.kind}${by && ` (${by})`}`);
  output.text(valuesText(parsed.values));
  output.json(parsed);
}

/** One value per line; lists are counted, since only JSON shows all of them. */
function valuesText(values: unknown): string {
  return Object.entries(values as object)
    .map(([name, value]) => `  ${name}: ${Array.isArray(value) ? `${value.length} entries` : JSON.stringify(value)}`)
    .join("\n");
}
