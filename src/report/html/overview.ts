/** The head of the page: what was built, how fast and how large it is, and what was shown about it. */
import type { BuildReport } from "../build-report.ts";
import { checkList } from "./checks.ts";
import { bits, counted, formatDate, formatShape, number, percent, rate } from "./format.ts";
import type { Content, Html } from "./html.ts";
import { html } from "./html.ts";
import type { Model } from "./model.ts";
import { isBottleneck } from "./model.ts";
import { shareOf, surest } from "./totals.ts";

export function overview(model: Model): Html {
  const { report } = model;
  const { input, output, parameters, board } = report;
  return html`<header><p class="kicker">Bitloom build report</p><h1>${report.name}</h1>
<p class="lead">${counted(report.stages.length, "stage")} for ${board.name} (<code>${board.part}</code>), from ${formatShape(input.shape)} <code>${input.type}</code> to ${formatShape(output.shape)} <code>${output.type}</code>, ${counted(parameters.count, "parameter")} in ${bits(parameters.bits)}. Built ${formatDate(report.created)}.</p></header>
<section aria-labelledby="summary"><h2 id="summary" class="quiet">Summary</h2>
<dl class="figures">${figures(model).map(([term, value, note]) => html`<div><dt>${term}</dt><dd>${value}<small>${note}</small></dd></div>`)}</dl>
${checkList(report)}</section>`;
}

type Figure = readonly [term: string, value: Content, note: Content];

function figures(model: Model): readonly Figure[] {
  return [
    speed(model),
    bottleneck(model.report),
    ...size(model.report, "lut", "LUTs"),
    ...size(model.report, "bram18", "block RAM"),
    ...power(model.report),
  ];
}

/** What the simulation of the RTL measured counts more than the schedule. */
function speed({ report, framesPerSecond }: Model): Figure {
  const measured = report.resources?.performance.find(({ by }) => by === "measured")?.framesPerSecond;
  const clock = report.resources?.clock.runNs;
  const megahertz = clock ? 1000 / clock : report.clockMegahertz;
  if (measured) return ["frames per second", rate(measured), `measured in RTL, at ${number(megahertz)} MHz`];
  return ["frames per second", rate(framesPerSecond), `scheduled, at ${number(report.clockMegahertz)} MHz`];
}

function bottleneck(report: BuildReport): Figure {
  const slowest = report.stages.filter((stage) => isBottleneck(stage, report));
  const others = slowest.length > 1 ? ` and ${slowest.length - 1} more` : "";
  return ["cycles per frame", number(report.cyclesPerFrame), `bottleneck: ${slowest[0]?.name ?? "none"}${others}`];
}

function size(report: BuildReport, name: "lut" | "bram18", title: string): readonly Figure[] {
  const measure = surest(report, name);
  const share = measure && shareOf(report, measure, name);
  if (!measure || share === null || share === undefined) return [];
  return [[title, percent(share), `${number(measure.used[name] ?? 0)}, by ${measure.stage}`]];
}

function power({ resources }: BuildReport): readonly Figure[] {
  const watts = resources?.power?.totalW;
  if (watts === null || watts === undefined) return [];
  const confidence = resources?.power?.confidence;
  return [["power", `${number(watts)} W`, confidence ? `Vivado, confidence ${confidence.toLowerCase()}` : "Vivado"]];
}
