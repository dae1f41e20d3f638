/** The lines of one row of the graph: lanes that pass, that end at the stage's mark and that begin there. */
import type { StageEntry } from "../build-report.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import type { Row } from "./lanes.ts";

export type Mark = StageEntry["kind"] | "port";

/** The widest rail that leaves a phone room for text. */
const MOST_WIDTH = 112;
const WIDEST_LANE = 18;
/** Lines have one of so many colours, by lane (page.css). */
const COLOURS = 4;

export const laneWidth = (lanes: number): number => Math.min(WIDEST_LANE, MOST_WIDTH / lanes);

/** Below the mark the lines go on as far as the row is high, since its details may be open. */
export function rail(row: Row, mark: Mark, lanes: number, hot: boolean): Html {
  const width = laneWidth(lanes);
  const height = mark === "layer" || mark === "port" ? 48 : 32;
  const middle = height / 2;
  const x = (lane: number) => round((lane + 0.5) * width);
  const line = (lane: number, from: number, to: string) =>
    html`<line class="${thread(lane)}" x1="${x(lane)}" y1="${from}" x2="${x(lane)}" y2="${to}"/>`;
  const curve = (lane: number, path: string) => html`<path class="${thread(lane)}" d="${path}"/>`;
  const column = x(row.column);
  const into = row.inputs.map((lane) =>
    curve(lane, `M${x(lane)} 0C${x(lane)} ${middle * 0.7} ${column} ${middle * 0.3} ${column} ${middle}`),
  );
  const outOf = row.outputs.map((lane) => [
    curve(lane, `M${column} ${middle}C${column} ${middle * 1.7} ${x(lane)} ${middle * 1.3} ${x(lane)} ${height}`),
    line(lane, height, "100%"),
  ]);
  const passing = row.passing.map((lane) => line(lane, 0, "100%"));
  return html`<svg class="rail" width="${round(lanes * width)}" aria-hidden="true" focusable="false">${passing}${outOf}${into}${markAt(mark, column, middle, thread(row.column), hot)}</svg>`;
}

function markAt(mark: Mark, x: number, y: number, colour: string, hot: boolean): Html {
  if (mark === "fork") return html`<circle class="dot ${colour}" cx="${x}" cy="${y}" r="3.5"/>`;
  if (mark === "convert")
    return html`<path class="dot ${colour}" d="M${x - 4} ${y - 3}H${x + 4}L${x + 1.5} ${y + 3}H${x - 1.5}Z"/>`;
  if (mark === "port")
    return html`<rect class="mark ${colour}" x="${x - 5}" y="${y - 5}" width="10" height="10" rx="2"/>`;
  return html`${hot && html`<circle class="halo" cx="${x}" cy="${y}" r="9"/>`}<circle class="mark ${colour}" cx="${x}" cy="${y}" r="5.5"/>`;
}

const thread = (lane: number): string => `thread${lane % COLOURS}`;
const round = (value: number): number => Math.round(value * 100) / 100;
