/** What Bitloom and the tools warned of, the worst first. */
import type { BuildReport } from "../build-report.ts";
import { counted } from "./format.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";

interface Message {
  readonly severity: "fatal" | "error" | "critical warning" | "warning";
  readonly code: string | null;
  readonly text: string;
  readonly hint: string | null;
  readonly count: number;
  readonly source: string;
}

const ORDER = ["fatal", "error", "critical warning", "warning"] as const;

/** The rest is counted: a tool may warn hundreds of times. */
const SHOWN = 40;

export function messagesSection(report: BuildReport): Html {
  const messages = messagesOf(report);
  const hidden = messages.length - SHOWN;
  return html`<section aria-labelledby="messages"><h2 id="messages">Messages</h2>
${messages.length === 0 && html`<p>None that matter.</p>`}
<ul class="messages">${messages.slice(0, SHOWN).map(item)}</ul>
${hidden > 0 && html`<p class="soft">And ${counted(hidden, "more message")} in the tools' logs.</p>`}</section>`;
}

function messagesOf({ messages, resources }: BuildReport): readonly Message[] {
  const own = messages.map(({ severity, code, path, message, hint }) => ({
    severity,
    code,
    text: message,
    hint,
    count: 1,
    source: path,
  }));
  return [...own, ...(resources?.messages ?? [])].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

const item = ({ severity, code, text, hint, count, source }: Message): Html =>
  html`<li class="${severity.replace(" ", "-")}"><p><strong>${severity}</strong>${code && html` <code>${code}</code>`} <span class="soft">${source}${count > 1 && `, ${count} times`}</span></p>
<p>${text}</p>${hint && html`<p class="hint">${hint}</p>`}</li>`;
