/** What the build was made from and with. */
import type { BuildReport } from "../build-report.ts";
import { formatDate, number } from "./format.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";

export function originSection({ digest, created, tools, board, clockMegahertz, resources }: BuildReport): Html {
  const clocks = resources?.timing?.clocks ?? [];
  const entries: readonly (readonly [string, string])[] = [
    ["built", formatDate(created)],
    ["digest", digest],
    ["board", `${board.name}, ${board.part}`],
    ["target clock", `${number(clockMegahertz)} MHz`],
    ...clocks.map(({ name, frequencyMhz }) => [`clock ${name}`, `${number(frequencyMhz, 3)} MHz`] as const),
    ...tools.map(({ name, version }) => [name, version] as const),
  ];
  return html`<section aria-labelledby="origin"><h2 id="origin">Made with</h2>
<dl class="pairs origin">${entries.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></section>`;
}
