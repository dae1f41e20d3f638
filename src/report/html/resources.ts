/** Resources against the board's budget. Estimates and results stand apart, since an estimate may be several times too high. */
import type { BuildReport } from "../build-report.ts";
import type { Resources } from "../resource-report.ts";
import { cssPercent, number, percent } from "./format.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { stageUsage } from "./stage-usage.ts";
import { folded, table } from "./table.ts";
import type { Measure } from "./totals.ts";
import { measures, RESOURCES, shareOf } from "./totals.ts";

export function resourcesSection(report: BuildReport): Html {
  const all = measures(report);
  const shown = RESOURCES.filter(({ name }) => all.some(({ used }) => (used[name] ?? 0) > 0));
  return html`<section aria-labelledby="resources"><h2 id="resources">Resources of the ${report.board.name}</h2>
<p class="lead">${introduction(all)}</p>
${shown.length > 0 && html`<div class="resources">${shown.map(({ name, title }) => resourceBars(report, name, title, all))}</div>`}
${all.length > 0 && folded("Resources as a table", resourceTable(report, all))}
${stageUsage(report)}</section>`;
}

function introduction(all: readonly Measure[]): string {
  if (all.length === 0) return "Nothing is known yet: no tool has run.";
  if (all.some(({ stage }) => stage === "implementation"))
    return "What the placed and routed design takes, beside what was expected before. The line marks all that the board has.";
  if (all.some(({ stage }) => stage === "netlist"))
    return "What a netlist of the SystemVerilog takes by Yosys, beside what was expected before: nothing has been placed and routed. The line marks all that the board has.";
  return "Expected, not measured: the design has not been placed and routed. HLS has estimated three times the LUTs that a real network then took. The line marks all that the board has.";
}

function resourceBars(report: BuildReport, name: keyof Resources, title: string, all: readonly Measure[]): Html {
  const budget = report.board.budget[name];
  const found = all.filter(({ used }) => used[name] !== null);
  const shares = found.map((measure) => shareOf(report, measure, name) ?? 0);
  // A design that does not fit shows how far it is over the line.
  const scale = Math.max(1, ...shares.filter(Number.isFinite));
  return html`<div class="resource" role="group" aria-label="${title}"><h3>${title} <span class="soft">of ${budget === null ? "unknown" : number(budget)}</span></h3>
${found.map((measure, i) => bar(measure, measure.used[name] as number, shares[i] as number, scale))}</div>`;
}

function bar({ stage, label }: Measure, amount: number, share: number, scale: number): Html {
  const width = Math.min(1, share / scale);
  return html`<div class="measure"><span class="label">${label}</span><span class="num">${number(amount)} <b${share > 1 && html` class="over"`}>${percent(share)}</b></span>
<span class="track" aria-hidden="true"><span class="fill ${stage.replace(" ", "-")}${share > 1 && " over"}" style="width:${cssPercent(width)}"></span><span class="budget" style="left:${cssPercent(1 / scale)}"></span></span></div>`;
}

function resourceTable(report: BuildReport, all: readonly Measure[]): Html {
  const cell = (measure: Measure, name: keyof Resources) => {
    const [amount, share] = [measure.used[name], shareOf(report, measure, name)];
    return amount === null ? "–" : `${number(amount)}${share === null ? "" : ` (${percent(share)})`}`;
  };
  return table(
    "Used resources, and their share of the board's",
    [
      { title: "from", cell: ({ label }: Measure) => label },
      ...RESOURCES.map(({ name, title }) => ({
        title,
        numeric: true,
        cell: (measure: Measure) => cell(measure, name),
      })),
      { title: "source", cell: ({ source }: Measure) => source },
    ],
    all,
  );
}
