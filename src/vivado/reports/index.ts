/** Recognises, reads and folds the reports and logs of Vivado and of the HLS tools. */
import { withFrameRates, withTool } from "../../report/compose.ts";
import { emptyReport, type ResourceReport, resourceReportSchema } from "../../report/resource-report.ts";
import { cosimRpt } from "./cosim-rpt.ts";
import { csynthRpt } from "./csynth-rpt.ts";
import { csynthSummaryRpt } from "./csynth-summary-rpt.ts";
import { csynthXml } from "./csynth-xml.ts";
import { csynthXmlAll } from "./csynth-xml-all.ts";
import { reportEmpty, reportUnknown, unusable } from "./diagnostics.ts";
import { drc, methodology } from "./drc.ts";
import { exportRpt } from "./export-rpt.ts";
import { exportShortRpt } from "./export-short-rpt.ts";
import { exportXml } from "./export-xml.ts";
import { latRpt } from "./lat-rpt.ts";
import { hlsLog, vivadoLog } from "./log.ts";
import { power } from "./power.ts";
import type { ParsedReport, ReportKind } from "./report-kind.ts";
import { routeStatus } from "./route-status.ts";
import { type Source, sourceOfFile, sourceOfText } from "./source.ts";
import { timing } from "./timing.ts";
import { transactionRpt } from "./transaction-rpt.ts";
import { utilization } from "./utilization.ts";
import { utilizationHierarchical } from "./utilization-hierarchical.ts";

export type { ParsedReport } from "./report-kind.ts";

/** By tool and name; logs last, since any message makes a log and a report may quote one. */
export const REPORT_KINDS = [
  cosimRpt,
  csynthRpt,
  csynthSummaryRpt,
  csynthXml,
  csynthXmlAll,
  exportRpt,
  exportShortRpt,
  exportXml,
  latRpt,
  transactionRpt,
  drc,
  methodology,
  power,
  routeStatus,
  timing,
  utilization,
  utilizationHierarchical,
  hlsLog,
  vivadoLog,
] as const satisfies readonly ReportKind[];

/** Says what a report is and what its values are. Throws a DiagnosticError if there is nothing to be read from it. */
export const parseReport = (content: string | Uint8Array, path?: string): Promise<ParsedReport> =>
  parseSource(sourceOfText(content, path));

/** The same for a file of any size. */
export const parseReportFile = async (path: string): Promise<ParsedReport> => parseSource(sourceOfFile(path));

async function parseSource(source: Source): Promise<ParsedReport> {
  if (!/[^\s\0]/.test(source.opening)) throw unusable(reportEmpty(source.path));
  const kind = recognise(source);
  if (!kind) throw unusable(reportUnknown(source.path));
  return kind.parse(source);
}

const recognise = (source: Source): ReportKind | undefined => REPORT_KINDS.find((kind) => kind.recognise(source));

export interface FoldOptions {
  readonly design?: string;
  readonly part?: string;
  /** The board's resources. */
  readonly budget?: ResourceReport["budget"];
  /** The clock that the accelerator runs with; the target clock if none is given. */
  readonly clockNs?: number;
  /** The graph's node that a module of the tool implements. */
  readonly nodeOf?: (module: string) => string | undefined;
}

/** Everything that the reports of one build say, as one report. Of two about the same thing the later one counts. */
export function foldReports(parsed: readonly ParsedReport[], options: FoldOptions = {}): ResourceReport {
  const { clockNs, nodeOf, ...given } = options;
  const folded = parsed.reduce(foldOne, emptyReport(given));
  const nodes = folded.nodes.map((node) => ({ ...node, name: nodeOf?.(node.module) ?? node.name }));
  return resourceReportSchema.parse(withFrameRates({ ...folded, nodes }, clockNs));
}

function foldOne(report: ResourceReport, parsed: ParsedReport): ResourceReport {
  const kind = REPORT_KINDS.find((known) => known.kind === parsed.kind);
  if (!kind) return report;
  const folded = kind.fold(report, parsed);
  return parsed.toolVersion === null ? folded : withTool(folded, `${kind.tool} ${parsed.toolVersion}`);
}
