/** What was shown about the build, and what was not tried: the first thing to look at. */
import type { BuildReport } from "../build-report.ts";
import type { EquivalenceReport } from "../equivalence-report.ts";
import { firstDifferent } from "../equivalence-report.ts";
import type { Failure } from "../failures.ts";
import { failuresOf } from "../failures.ts";
import { isTooLong, usageRows } from "../stage-usage.ts";
import { counted, number, percent } from "./format.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { shareOf, surest } from "./totals.ts";

export interface Check {
  readonly title: string;
  readonly state: "good" | "bad" | "open";
  readonly text: string;
}

const WORDS = { good: "passed", bad: "failed", open: "not shown" } as const;
const SIGNS = { good: "✓", bad: "✗", open: "·" } as const;

export function checksOf(report: BuildReport): readonly Check[] {
  const { resources, board } = report;
  const failures = resources ? failuresOf({ ...resources, budget: board.budget }) : [];
  return [
    simulationCheck(report, "csim", "C simulation"),
    simulationCheck(report, "cosim", "RTL simulation"),
    failedCheck("Fits the board", failures, ["budget-exceeded"]) ?? fitCheck(report),
    failedCheck("Timing", failures, ["timing-not-met"]) ?? timingCheck(report),
    failedCheck("Design rules", failures, ["nets-unrouted", "drc-errors"]) ?? rulesCheck(report),
  ];
}

export const checkList = (report: BuildReport): Html =>
  html`<ul class="checks">${checksOf(report).map(
    ({ title, state, text }) =>
      html`<li class="${state}"><span class="sign" aria-hidden="true">${SIGNS[state]}</span><div><strong>${title}</strong> <em>${WORDS[state]}</em><p>${text}</p></div></li>`,
  )}</ul>`;

function simulationCheck(
  { equivalence }: BuildReport,
  simulation: EquivalenceReport["simulation"],
  title: string,
): Check {
  const runs = equivalence.filter((run) => run.simulation === simulation);
  const failed = runs.find(({ equivalent }) => !equivalent);
  if (failed)
    return { title, state: "bad", text: `${firstDifferent(failed)?.name ?? "The output"} differs from the reference.` };
  const frames = runs.reduce((sum, run) => sum + run.frames, 0);
  if (frames === 0) return { title, state: "open", text: "Nothing was compared with the reference." };
  return { title, state: "good", text: `${counted(frames, "frame")} equal to the reference on every bit.` };
}

function failedCheck(title: string, failures: readonly Failure[], codes: readonly string[]): Check | undefined {
  const found = failures.filter(({ code }) => codes.includes(code)).map(({ message }) => message);
  return found.length > 0 ? { title, state: "bad", text: `${found.join("; ")}.` } : undefined;
}

/** Only a netlist tells whether a design fits. */
function fitCheck(report: BuildReport): Check {
  const title = "Fits the board";
  const lut = surest(report, "lut");
  if (!lut || lut.stage === "cost model" || lut.stage === "estimate")
    return { title, state: "open", text: "Not synthesized yet: there are estimates only." };
  const where = lut.stage === "netlist" ? "in a netlist of Yosys" : `after ${lut.stage}`;
  return { title, state: "good", text: `${percent(shareOf(report, lut, "lut") ?? 0)} of the LUTs ${where}.` };
}

function timingCheck(report: BuildReport): Check {
  const { resources, clockMegahertz } = report;
  const title = "Timing";
  const late = usageRows(report).filter((row) => row.kind !== "whole" && isTooLong(row, 1000 / clockMegahertz));
  const paths =
    late.length > 0 ? ` Likely too slow by their netlists: ${late.map(({ name }) => name).join(", ")}.` : "";
  if (!resources?.timing) return { title, state: "open", text: `Not placed and routed yet.${paths}` };
  const { wnsNs } = resources.timing;
  return { title, state: "good", text: wnsNs === null ? "Met." : `Met with ${number(wnsNs * 1000)} ps to spare.` };
}

function rulesCheck({ resources }: BuildReport): Check {
  const title = "Design rules";
  const known = resources?.routing || resources?.drc;
  return {
    title,
    state: known ? "good" : "open",
    text: known ? "Routed without errors." : "Not placed and routed yet.",
  };
}
