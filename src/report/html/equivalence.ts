/** What was simulated and compared with the reference, bit by bit. */
import type { EquivalenceReport, StreamReport } from "../equivalence-report.ts";
import { firstDifferent } from "../equivalence-report.ts";
import { counted, number } from "./format.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { folded, table } from "./table.ts";

const NAMES = { csim: "C simulation of the generated C++", cosim: "RTL simulation" } as const;

export function equivalenceSection(reports: readonly EquivalenceReport[]): Html {
  return html`<section aria-labelledby="equivalence"><h2 id="equivalence">Equivalence</h2>
<p class="lead">The reference executor says what the network means; every simulation must give its integers, bit for bit.</p>
${reports.length === 0 ? html`<p>No simulation has run. <code>bitloom csim</code> runs one.</p>` : reports.map(simulation)}</section>`;
}

function simulation(report: EquivalenceReport): Html {
  const { streams, frames, tools } = report;
  const values = streams.reduce((sum, { compared }) => sum + compared, 0);
  return html`<div class="card ${report.equivalent ? "good" : "bad"}"><h3>${NAMES[report.simulation]}</h3>
${verdict(report)}
<p class="soft">${counted(frames, "frame")} (${inputsText(report)}), ${counted(values, "value")} of ${counted(streams.length, "stream")} compared${tools.length > 0 && html`, by ${tools.join(", ")}`}.</p>
${folded("Compared streams as a table", streamTable(report))}</div>`;
}

function verdict(report: EquivalenceReport): Html {
  const stream = firstDifferent(report);
  if (!stream) return html`<p><strong>${report.equivalent ? "Equal on every bit." : "Not equivalent."}</strong></p>`;
  const { first } = stream;
  return html`<p><strong>Not equivalent.</strong> The first stream that differs is <code>${stream.name}</code>: ${number(stream.differing)} of ${counted(stream.compared, "value")}.</p>
${first && html`<p>First in frame ${first.frame} at channel ${first.index[0]}, row ${first.index[1]}, column ${first.index[2]}: the reference gives <code>${first.expected}</code>, the simulation <code>${first.actual}</code>.</p>`}`;
}

const inputsText = ({ inputs }: EquivalenceReport): string =>
  inputs.kind === "random" ? `random, seed ${inputs.seed}` : `${inputs.file}${inputs.key ? `, ${inputs.key}` : ""}`;

const streamTable = ({ streams, simulation }: EquivalenceReport): Html =>
  table(
    `Streams compared in ${simulation}`,
    [
      { title: "stream", cell: ({ name }: StreamReport) => name },
      { title: "values", numeric: true, cell: ({ compared }) => number(compared) },
      { title: "differing", numeric: true, cell: ({ differing }) => number(differing) },
      { title: "first difference", cell: ({ first }) => first && `frame ${first.frame}, [${first.index.join(", ")}]` },
    ],
    streams,
  );
