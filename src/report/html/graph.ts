/** The dataflow graph: a row for each stage, top to bottom as the data flows, with its lanes drawn beside it. */
import type { PortEntry, StageEntry } from "../build-report.ts";
import { cssPercent, formatShape, number } from "./format.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import type { Row } from "./lanes.ts";
import { laneCount, placeInLanes } from "./lanes.ts";
import type { Model } from "./model.ts";
import { anchor, foldingText, isBottleneck, kindText } from "./model.ts";
import { laneWidth, rail } from "./rail.ts";
import { deepFifos, stageDetails } from "./stage-details.ts";

export function graphSection(model: Model): Html {
  const { stages, input, output } = model.report;
  const rows = placeInLanes(stages, input.fifo);
  const lanes = laneCount(rows);
  const first: Row = { column: 0, inputs: [], outputs: [0], passing: [] };
  const last: Row = { column: rows.at(-1)?.column ?? 0, inputs: rows.at(-1)?.outputs ?? [0], outputs: [], passing: [] };
  return html`<section aria-labelledby="graph"><h2 id="graph">Dataflow</h2>
<p class="lead">Every stage works at the same time, on its own part of the stream; FIFOs join them. Open a stage for its nodes, FIFOs and cost. LUT and BRAM18 are those that the cost model expects.
<span class="legend"><span><i class="k-layer"></i>stage</span> <span><i class="k-fork"></i>fork</span> <span><i class="k-convert"></i>width converter</span> <span><i class="k-hot"></i>bottleneck</span></span></p>
<div class="columns" aria-hidden="true" style="--rail:${Math.ceil(lanes * laneWidth(lanes))}px"><span></span><span>stage</span><span>out</span><span>folding</span><span class="num">LUT</span><span class="num">BRAM18</span><span class="num">cycles per frame</span></div>
<ol class="graph" style="--rail:${Math.ceil(lanes * laneWidth(lanes))}px">
${port("input", input, first, lanes)}
${stages.map((stage, i) => stageRow(model, stage, i, rail(rows[i] as Row, stage.kind, lanes, isBottleneck(stage, model.report))))}
${port("output", output, last, lanes)}
</ol></section>`;
}

function port(side: string, { name, shape, type }: PortEntry, row: Row, lanes: number): Html {
  return html`<li class="row port">${rail(row, "port", lanes, false)}<div class="head"><span class="name">${name}<small>${side} port</small></span><span class="out">${formatShape(shape)} <code>${type}</code></span></div></li>`;
}

function stageRow(model: Model, stage: StageEntry, row: number, lines: Html): Html {
  const hot = isBottleneck(stage, model.report);
  return html`<li class="row ${stage.kind}${hot && " hot"}" id="${anchor(row)}">${lines}<details><summary class="head">${stage.kind === "layer" ? layerHead(model, stage, hot) : joinHead(model, stage)}</summary>
${stageDetails(model, stage)}</details></li>`;
}

function layerHead(model: Model, stage: StageEntry, hot: boolean): Html {
  const { cost, cycles } = stage;
  const share = cycles / model.report.cyclesPerFrame;
  return html`<span class="name">${stage.name}${hot && html` <b class="flag">bottleneck</b>`}<small>${kindText(stage)}</small></span>
<span class="out">${formatShape(stage.shape)} <code>${stage.type}</code>${deepFifos(model, stage)}</span>
<span class="fold">${foldingText(stage)}</span>
<span class="num cost"><span class="unit">LUT </span>${number(Math.round(cost.lut))}</span>
<span class="num cost"><span class="unit">BRAM18 </span>${number(cost.bram18)}</span>
<span class="num cycles"><span class="unit">cycles </span>${number(cycles)}<span class="meter"><span style="width:${cssPercent(share)}"></span></span></span>`;
}

/** Forks and converters only join what matters, so they take one small line. */
function joinHead({ fifos, readers }: Model, stage: StageEntry): Html {
  const lanes = (name: string | undefined) => fifos.get(name ?? "")?.lanes ?? "?";
  const what =
    stage.kind === "fork"
      ? `fork to ${stage.outputs.map((fifo) => readers.get(fifo)?.stage.name ?? "output").join(", ")}`
      : `${lanes(stage.inputs[0])} → ${lanes(stage.outputs[0])} lanes`;
  return html`<span class="join">${what}</span>`;
}
