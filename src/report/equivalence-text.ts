/** An EquivalenceReport for the terminal. */
import type { EquivalenceReport, StreamReport } from "./equivalence-report.ts";
import { firstDifferent } from "./equivalence-report.ts";

export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
}

/** No more streams than this are listed. */
const MOST_STREAMS = 12;

export function equivalenceText(report: EquivalenceReport, paint: Paint): string {
  const { design, simulation, frames, streams, seconds, tools } = report;
  const values = streams.reduce((sum, { compared }) => sum + compared, 0);
  const different = streams.filter(({ differing }) => differing > 0);
  return [
    verdict(report, paint),
    ...different.slice(0, MOST_STREAMS).map((stream) => `  ${differenceText(stream, simulation)}`),
    ...(different.length > MOST_STREAMS ? [`  and ${different.length - MOST_STREAMS} more nodes`] : []),
    paint.dim(
      `  ${design}: ${count(frames, "frame")} (${source(report)}), ${count(streams.length, "node")}, ${count(values, "value")} compared`,
    ),
    ...(seconds
      ? [
          paint.dim(
            `  ${rate(simulation, frames, seconds.simulation)}; ${rate("reference", frames, seconds.reference)}; compiled in ${seconds.compile.toFixed(1)} s by ${tools.join(", ")}`,
          ),
        ]
      : []),
  ].join("\n");
}

function verdict(report: EquivalenceReport, paint: Paint): string {
  const first = firstDifferent(report);
  if (!first) return `${paint.good("equivalent")}: ${report.simulation} and reference agree on every bit`;
  return `${paint.bad("not equivalent")}: the first node that differs is ${first.name}`;
}

function differenceText({ name, compared, differing, first }: StreamReport, simulation: string): string {
  const where = first
    ? `; first in frame ${first.frame} at [${first.index.join(", ")}]: reference ${first.expected}, ${simulation} ${first.actual}`
    : "";
  return `${name}: ${differing} of ${count(compared, "value")} differ${where}`;
}

const source = ({ inputs }: EquivalenceReport): string =>
  inputs.kind === "random" ? `random, seed ${inputs.seed}` : `${inputs.file}${inputs.key ? `, ${inputs.key}` : ""}`;

const count = (n: number, what: string): string => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

const rate = (what: string, frames: number, seconds: number): string =>
  `${what} ${seconds.toFixed(1)} s (${(frames / Math.max(seconds, 1e-3)).toFixed(0)} frames/s)`;
