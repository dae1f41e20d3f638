/** The page of one build: one file that needs nothing else, neither scripts nor fonts nor a network. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFile } from "../../package-root.ts";
import type { BuildReport } from "../build-report.ts";
import { cyclesSection } from "./cycles.ts";
import { equivalenceSection } from "./equivalence.ts";
import { graphSection } from "./graph.ts";
import { Html, html } from "./html.ts";
import { messagesSection } from "./messages.ts";
import { modelOf } from "./model.ts";
import { originSection } from "./origin.ts";
import { overview } from "./overview.ts";
import { resourcesSection } from "./resources.ts";

const STYLES = packageFile("src/report/html/style");

/** Later ones overrule earlier ones. */
const STYLE_ORDER = ["base", "overview", "charts", "graph", "lists", "narrow", "print"];

const SECTIONS = [
  ["summary", "Summary"],
  ["resources", "Resources"],
  ["cycles", "Cycles"],
  ["graph", "Dataflow"],
  ["equivalence", "Equivalence"],
  ["messages", "Messages"],
  ["origin", "Made with"],
] as const;

export function renderReport(report: BuildReport): string {
  const model = modelOf(report);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${report.name} · Bitloom build report</title>
<style>
${STYLE_ORDER.map(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<nav aria-label="Sections"><ul>${SECTIONS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main">
${overview(model)}
${resourcesSection(report)}
${cyclesSection(model)}
${graphSection(model)}
${equivalenceSection(report.equivalence)}
${messagesSection(report)}
${originSection(report)}
</main>
</body>
</html>
`.text;
}

const style = (name: string): Html => new Html(readFileSync(join(STYLES, `${name}.css`), "utf8"));
