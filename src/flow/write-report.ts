/** Puts together what is known of a build, and writes it for people and for programs. */
import { join } from "node:path";
import { loadBoard } from "../codegen/board.ts";
import { writeWhole } from "../files.ts";
import type { BuildReport } from "../report/build-report.ts";
import { buildReportSchema } from "../report/build-report.ts";
import { renderReport } from "../report/html/index.ts";
import { readEquivalence, readToolReports } from "./build-folder.ts";
import { buildReport } from "./build-report.ts";
import type { Project } from "./project.ts";

export const PAGE = "report.html";
const DATA = "reports/build.json";

/** `report.html` to open, and the same as JSON. */
export async function writeReport(folder: string, project: Project, digest: string): Promise<BuildReport> {
  const { name, part, budget } = loadBoard(project.board);
  const { resources, diagnostics, equivalence: simulated } = await readToolReports(folder, project);
  const equivalence = [...(await readEquivalence(folder)), ...simulated];
  const versions = [...equivalence.flatMap(({ tools }) => tools), ...(resources?.tools ?? [])];
  const facts = {
    digest,
    created: new Date().toISOString(),
    board: { name, part, budget },
    clockMegahertz: project.clockMegahertz,
    resources,
    equivalence,
    tools: [...new Set(versions)].map(toolEntry),
    messages: [...diagnostics],
  };
  const report = buildReportSchema.parse(buildReport(project.scheduled, facts));
  await writeWhole(join(folder, DATA), `${JSON.stringify(report, null, 2)}\n`);
  await writeWhole(join(folder, PAGE), renderReport(report));
  return report;
}

/** `g++ (Debian ...) 12.2.0`, `Vivado 2024.2`: the version stands last. */
function toolEntry(text: string): { name: string; version: string } {
  const at = text.lastIndexOf(" ");
  return at < 0 ? { name: text, version: "" } : { name: text.slice(0, at), version: text.slice(at + 1) };
}
