/** Where the cycles go: each stage along the way of the data, the slowest ones by name, and all of them as a table. */
import type { StageEntry } from "../build-report.ts";
import { cssPercent, formatShape, number, percent, rate } from "./format.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import type { Model } from "./model.ts";
import { anchor, foldingText, isBottleneck, kindText } from "./model.ts";
import { folded, table } from "./table.ts";

/** The slowest stages that are named. */
const RANKED = 8;
const CHART_HEIGHT = 120;

export function cyclesSection(model: Model): Html {
  const { stages, cyclesPerFrame, clockMegahertz } = model.report;
  const layers = stages.filter(({ kind }) => kind === "layer");
  const busy = layers.reduce((sum, { cycles }) => sum + cycles, 0) / (layers.length * cyclesPerFrame);
  return html`<section aria-labelledby="cycles"><h2 id="cycles">Where the cycles go</h2>
<p class="lead">A new frame can enter every <strong>${number(cyclesPerFrame)}</strong> cycles, as often as the slowest stage allows: ${rate(model.framesPerSecond)} frames per second at ${number(clockMegahertz)} MHz. ${layers.length > 0 && html`On average a stage is busy ${percent(busy)} of that time.`}</p>
${profile(model)}
<h3>Slowest stages</h3>
${ranking(model)}
${folded("All stages as a table", stageTable(model))}</section>`;
}

function profile({ report }: Model): Html {
  const { stages, cyclesPerFrame } = report;
  const slot = 1 / stages.length;
  const bar = (stage: StageEntry, i: number) => {
    const height = Math.max(1.5, (stage.cycles / cyclesPerFrame) * CHART_HEIGHT);
    const style = isBottleneck(stage, report) ? "hot" : stage.kind;
    return html`<rect class="bar ${style}" x="${cssPercent((i + 0.1) * slot)}" width="${cssPercent(0.8 * slot)}" y="${(CHART_HEIGHT + 8 - height).toFixed(1)}" height="${height.toFixed(1)}"><title>${stage.name}: ${number(stage.cycles)} cycles</title></rect>`;
  };
  const slowest = stages.filter((stage) => isBottleneck(stage, report)).map(({ name }) => name);
  const summary = `Cycles per frame of ${stages.length} stages in the order of the data. Slowest: ${slowest.join(", ")} with ${number(cyclesPerFrame)}.`;
  return html`<figure><svg class="profile" role="img" aria-label="${summary}" width="100%" height="${CHART_HEIGHT + 9}"><line class="limit" x1="0" x2="100%" y1="8" y2="8"/>${stages.map(bar)}<line class="axis" x1="0" x2="100%" y1="${CHART_HEIGHT + 8}" y2="${CHART_HEIGHT + 8}"/></svg>
<figcaption><span>first stage</span><span>the data flows this way →</span><span>last stage</span></figcaption></figure>`;
}

function ranking({ report }: Model): Html {
  const rows = report.stages.map((stage, row) => ({ stage, row }));
  const slowest = rows.sort((a, b) => b.stage.cycles - a.stage.cycles || a.row - b.row).slice(0, RANKED);
  return html`<ol class="ranking">${slowest.map(
    ({ stage, row }) =>
      html`<li${isBottleneck(stage, report) && html` class="hot"`}><a href="#${anchor(row)}">${stage.name}</a> <span class="soft">${kindText(stage)}${stage.folding && `, ${foldingText(stage)}`}</span><span class="num">${isBottleneck(stage, report) && html`<b class="flag">bottleneck</b> `}${number(stage.cycles)}</span><span class="meter"><span style="width:${cssPercent(stage.cycles / report.cyclesPerFrame)}"></span></span></li>`,
  )}</ol>`;
}

function stageTable({ report }: Model): Html {
  const amount = (value: number) => number(Math.round(value * 10) / 10);
  return table(
    "Stages in the order of the data",
    [
      { title: "stage", cell: (stage: StageEntry) => stage.name },
      { title: "computes", cell: kindText },
      { title: "output", cell: ({ shape }) => formatShape(shape) },
      { title: "type", cell: ({ type }) => html`<code>${type}</code>` },
      { title: "folding", cell: foldingText },
      { title: "cycles", numeric: true, cell: ({ cycles }) => number(cycles) },
      { title: "LUT", numeric: true, cell: ({ cost }) => amount(cost.lut) },
      { title: "FF", numeric: true, cell: ({ cost }) => amount(cost.ff) },
      { title: "BRAM18", numeric: true, cell: ({ cost }) => amount(cost.bram18) },
      { title: "DSP", numeric: true, cell: ({ cost }) => amount(cost.dsp) },
    ],
    report.stages,
  );
}
