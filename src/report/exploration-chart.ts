/** An exploration as a picture: the share of the board that the smallest design of each rate takes. One SVG that needs nothing else. */
import type { Exploration } from "./exploration.ts";
import { landmarks, RESOURCES } from "./exploration.ts";
import { number, percent } from "./html/format.ts";
import type { Html } from "./html/html.ts";
import { html } from "./html/html.ts";

const WIDTH = 880;
const HEIGHT = 520;
const FRAME = { left: 64, top: 104, right: WIDTH - 24, bottom: HEIGHT - 56 };

type Resource = (typeof RESOURCES)[number];

/** The highest share that is shown: what takes more than the board leaves the picture at its top. */
const TOP = 1.2;

/** Colours of report.html; dark paper where the reader's is dark. */
const STYLE = `svg{--paper:#faf8f4;--ink:#1c1a17;--soft:#5d574e;--rule:#e0dbd0;--lut:#3a4fc0;--ff:#0b7268;--bram18:#8a6200;--dsp:#b0402a;background:var(--paper);font:13px system-ui,sans-serif}
@media(prefers-color-scheme:dark){svg{--paper:#14151a;--ink:#eae7e0;--soft:#aba69c;--rule:#32353f;--lut:#93a4ff;--ff:#4ecbb4;--bram18:#e2b548;--dsp:#ff9077}}
text{fill:var(--soft)}.name{fill:var(--ink);font-size:18px;font-weight:600}.rule{stroke:var(--rule)}.full{stroke:var(--ink)}
.lut{--own:var(--lut)}.ff{--own:var(--ff)}.bram18{--own:var(--bram18)}.dsp{--own:var(--dsp)}
path{fill:none;stroke:var(--own);stroke-width:2}circle,.swatch{fill:var(--own)}.limit{stroke:var(--own);stroke-dasharray:5 4}.chosen{stroke:var(--ink);stroke-dasharray:2 3}.key{fill:var(--ink)}`;

export function explorationChart(exploration: Exploration): string {
  const { name, board, clockMegahertz, front, chosen } = exploration;
  // Slower designs take hardly less.
  const rates = [...landmarks(exploration), chosen].map(({ framesPerSecond }) => framesPerSecond);
  const x = rateScale(Math.min(...rates), Math.max(...rates));
  const used = RESOURCES.filter((resource) => front.some(({ area }) => area[resource] > 0));
  const title = `${name} on ${board.name} at ${number(clockMegahertz)} MHz`;
  const summary = `${number(chosen.framesPerSecond, 0)} frames/s with ${number(chosen.cycles)} cycles per frame ${chosen.fits ? "fits" : "does not fit"} (${chosen.slowest} is slowest)`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">${title}</title><desc id="desc">Share of the board that the smallest design of each rate takes. ${summary}.</desc>
<style>${STYLE}</style><clipPath id="frame"><rect x="${FRAME.left}" y="${FRAME.top}" width="${FRAME.right - FRAME.left}" height="${FRAME.bottom - FRAME.top}"/></clipPath>
<text class="name" x="${FRAME.left}" y="34">${title}</text><text x="${FRAME.left}" y="56">marked: ${summary}; dashed: the budget</text>
${legend(exploration, used)}${shareAxis()}${rateAxis(x, rates)}
<g clip-path="url(#frame)">${used.map((resource) => curve(exploration, resource, x))}</g>
${marks(exploration, used, x)}</svg>
`.text;
}

type Scale = (value: number) => number;

const rateScale =
  (low: number, high: number): Scale =>
  (rate) =>
    FRAME.left + (FRAME.right - FRAME.left) * (Math.log(rate / low) / Math.max(Math.log(high / low), 1e-9));

const shareScale: Scale = (share) => FRAME.bottom - (FRAME.bottom - FRAME.top) * Math.min(1, share / TOP);

const shareOf = ({ board }: Exploration, resource: Resource, amount: number): number =>
  amount === 0 ? 0 : amount / (board.budget[resource] ?? 0);

function legend(exploration: Exploration, used: readonly Resource[]): Html[] {
  const { area } = exploration.chosen;
  return used.map((resource, i) => {
    const left = FRAME.left + i * 190;
    const share = percent(shareOf(exploration, resource, area[resource]));
    return html`<g class="${resource}"><rect class="swatch" x="${left}" y="73" width="12" height="12" rx="2"/><text class="key" x="${left + 18}" y="84">${resource.toUpperCase()} ${number(area[resource], 0)} (${share})</text></g>`;
  });
}

function shareAxis(): Html[] {
  return [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => {
    const y = shareScale(share);
    return html`<line class="${share === 1 ? "full" : "rule"}" x1="${FRAME.left}" x2="${FRAME.right}" y1="${y}" y2="${y}"/><text x="${FRAME.left - 8}" y="${y + 4}" text-anchor="end">${percent(share)}</text>`;
  });
}

/** Ticks at 1, 2 and 5 times powers of ten. */
function rateAxis(x: Scale, rates: readonly number[]): Html {
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  const ticks = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
  const shown = ticks.filter((rate) => rate >= low && rate <= high);
  return html`${shown.map((rate) => html`<line class="rule" x1="${round(x(rate))}" x2="${round(x(rate))}" y1="${FRAME.bottom}" y2="${FRAME.bottom + 5}"/><text x="${round(x(rate))}" y="${FRAME.bottom + 20}" text-anchor="middle">${number(rate)}</text>`)}<text x="${FRAME.right}" y="${FRAME.bottom + 42}" text-anchor="end">frames per second</text>`;
}

/** A rate takes the design that reaches it: steps. */
function curve(exploration: Exploration, resource: Resource, x: Scale): Html {
  const steps = exploration.front.toReversed().map(({ framesPerSecond, area }, i) => {
    const y = FRAME.bottom - (FRAME.bottom - FRAME.top) * (shareOf(exploration, resource, area[resource]) / TOP);
    return `${i === 0 ? `M${FRAME.left} ` : "V"}${round(y)}H${round(x(framesPerSecond))}`;
  });
  const limit = shareScale(shareOf(exploration, resource, exploration.budget[resource]));
  return html`<g class="${resource}"><line class="limit" x1="${FRAME.left}" x2="${FRAME.right}" y1="${round(limit)}" y2="${round(limit)}"/><path d="${steps.join("")}"/></g>`;
}

function marks(exploration: Exploration, used: readonly Resource[], x: Scale): Html {
  const { framesPerSecond, area } = exploration.chosen;
  const at = round(x(framesPerSecond));
  const dots = used.map(
    (resource) =>
      html`<circle class="${resource}" cx="${at}" cy="${round(shareScale(shareOf(exploration, resource, area[resource])))}" r="5"/>`,
  );
  return html`<line class="chosen" x1="${at}" x2="${at}" y1="${FRAME.top}" y2="${FRAME.bottom}"/>${dots}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
