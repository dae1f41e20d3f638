/** What opens under a stage: its nodes, its FIFOs and what it takes, by whichever tool says so. */
import type { CostEntry, FifoEntry, StageEntry } from "../build-report.ts";
import type { NodeUsage } from "../resource-report.ts";
import { bits, counted, formatShape, number } from "./format.ts";
import type { Content, Html } from "./html.ts";
import { html } from "./html.ts";
import type { Model, Reader } from "./model.ts";
import { anchor, foldingText, isBottleneck } from "./model.ts";

export function stageDetails(model: Model, stage: StageEntry): Html {
  return html`<div class="inside">
${stage.nodes.length > 0 && html`<ul class="nodes">${stage.nodes.map((node) => html`<li><code>${node.text}</code> <span class="soft">${formatShape(node.shape)} ${node.type}</span></li>`)}</ul>`}
<dl class="pairs">${fifoEntries(model, "reads", stage.inputs, model.writers, "the input port")}${fifoEntries(model, "feeds", stage.outputs, model.readers, "the output port")}
${entry("cycles per frame", cyclesText(model, stage))}
${stage.folding && entry("folding", foldingText(stage))}
${entry("cost model", costText(stage.cost))}
${usageOf(model, stage).map((usage) => entry(`${usage.stage}, ${usage.module}`, usageText(usage)))}</dl></div>`;
}

const entry = (term: string, text: Content): Html => html`<div><dt>${term}</dt><dd>${text}</dd></div>`;

/** A FIFO that holds more than this is a shortcut that waits for another path. */
const NOTABLE_DEPTH = 16;

/** Those that the stage reads and that hold much. */
export const deepFifos = ({ fifos }: Model, stage: StageEntry): Content =>
  stage.inputs
    .map((name) => fifos.get(name))
    .filter((fifo) => fifo !== undefined && fifo.depth > NOTABLE_DEPTH)
    .map((fifo) => fifo && html`<small>waits for ${fifo.source}: FIFO ${number(fifo.depth)} deep</small>`);

function fifoEntries(
  { fifos }: Model,
  term: string,
  names: readonly string[],
  ends: ReadonlyMap<string, Reader>,
  port: string,
): Content {
  return names.map((name) => {
    const fifo = fifos.get(name);
    const end = ends.get(name);
    const other = end ? html`<a href="#${anchor(end.row)}">${end.stage.name}</a>` : port;
    return entry(term, html`${other}${fifo && html`: ${fifoText(fifo)}`}`);
  });
}

const fifoText = ({ lanes, type, depth, bits: beat }: FifoEntry): Html =>
  html`${lanes} × <code>${type}</code> per beat, ${counted(depth, "beat")} deep (${bits(beat * depth)})`;

function cyclesText({ report }: Model, stage: StageEntry): string {
  const share = Math.round((100 * stage.cycles) / report.cyclesPerFrame);
  return `${number(stage.cycles)}${isBottleneck(stage, report) ? ", the most of all stages" : `, busy ${share} % of the time`}`;
}

const costText = ({ lut, ff, bram18, dsp }: CostEntry): string =>
  `${number(Math.round(lut))} LUT, ${number(Math.round(ff))} FF, ${number(bram18)} BRAM18, ${number(dsp)} DSP`;

/** Tools name modules; only those that are known to belong to the stage stand here. */
const usageOf = ({ report }: Model, stage: StageEntry): readonly NodeUsage[] =>
  (report.resources?.nodes ?? []).filter(
    ({ name }) => name === stage.name || stage.nodes.some((node) => node.name === name),
  );

function usageText({ used, latencyCycles }: NodeUsage): string {
  const amounts = [
    ["LUT", used.lut],
    ["FF", used.ff],
    ["BRAM18", used.bram18],
    ["DSP", used.dsp],
  ] as const;
  const parts = amounts.flatMap(([unit, amount]) => (amount === null ? [] : [`${number(amount)} ${unit}`]));
  const latency = latencyCycles?.max;
  return [...parts, ...(latency ? [`latency ${number(latency)} cycles`] : [])].join(", ");
}
