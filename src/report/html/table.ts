/** Tables, which stand for every chart too: closed, so that they are at hand without being in the way. */
import type { Content, Html } from "./html.ts";
import { html } from "./html.ts";

export interface Column<T> {
  readonly title: string;
  readonly numeric?: boolean;
  readonly cell: (item: T) => Content;
}

/** The first column names the row. A wide table scrolls by itself, also by keyboard. */
export function table<T>(caption: string, columns: readonly Column<T>[], items: readonly T[]): Html {
  const cell = (column: Column<T>, item: T, i: number) =>
    i === 0
      ? html`<th scope="row">${column.cell(item)}</th>`
      : html`<td${column.numeric && html` class="num"`}>${column.cell(item)}</td>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${columns.map(({ title, numeric }) => html`<th scope="col"${numeric && html` class="num"`}>${title}</th>`)}</tr></thead>
<tbody>${items.map((item) => html`<tr>${columns.map((column, i) => cell(column, item, i))}</tr>\n`)}</tbody></table></div>`;
}

export const folded = (summary: string, content: Content): Html =>
  html`<details class="folded"><summary>${summary}</summary>${content}</details>`;
