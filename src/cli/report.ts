import type { Command } from "commander";
import { formatDiagnostic } from "../diagnostics.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";

export function report(program: Command): void {
  const command = program
    .command("report")
    .description("Read a report or a log of Vivado or Vitis HLS.")
    .argument("<file>", "such as top_csynth.xml, utilization.rpt or vivado.log");
  finish<[string], Common>(command, "bitloom report csynth.xml --json", async ([file], _, { output }) => {
    const { parseReportFile } = await import("../vivado/reports/index.ts");
    const parsed = await parseReportFile(file);
    for (const diagnostic of parsed.diagnostics) output.note(formatDiagnostic(diagnostic));
    const by = [parsed.toolVersion, parsed.device].filter(Boolean).join(", ");
    output.text(`${parsed.kind}${by && ` (${by})`}`);
    output.text(valuesText(parsed.values));
    output.json(parsed);
  });
}

/** One value per line; lists are counted, since only JSON shows all of them. */
function valuesText(values: unknown): string {
  return Object.entries(values as object)
    .map(([name, value]) => `  ${name}: ${Array.isArray(value) ? `${value.length} entries` : JSON.stringify(value)}`)
    .join("\n");
}
