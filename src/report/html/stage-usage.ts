/** What Yosys found for each stage, beside what the cost model expects, and whether its longest path will do. */
import type { BuildReport } from "../build-report.ts";
import { PATH_NS, pathDelay, pathLevels } from "../path-delay.ts";
import type { Resources } from "../resource-report.ts";
import type { UsageRow } from "../stage-usage.ts";
import { isTooLong, shownRows, usageRows } from "../stage-usage.ts";
import { number } from "./format.ts";
import type { Content } from "./html.ts";
import { html } from "./html.ts";
import type { Column } from "./table.ts";
import { folded, table } from "./table.ts";

/** Nothing if there is no netlist. */
export function stageUsage(report: BuildReport): Content {
  const shown = shownRows(report);
  if (shown.length === 0) return false;
  const columns = columnsFor(1000 / report.clockMegahertz);
  const between = usageRows(report).filter(({ kind }) => kind === "fork" || kind === "convert" || kind === "fifo");
  return html`<h3>What each stage takes</h3>
<p class="lead">Each stage by itself, what stands between them, and all of it together, in Yosys's netlists; beside it what the cost model expects. The time of a path is a guess before placement: a LUT with its wire counts ${number(PATH_NS.lut)} ns.</p>
${table("Resources of each stage by Yosys", columns, shown)}
${folded("Each fork, width converter and FIFO", table("Resources between the stages", columns, between))}`;
}

function columnsFor(periodNs: number): readonly Column<UsageRow>[] {
  const amount = (title: string, of: (row: UsageRow) => number | null | undefined): Column<UsageRow> => ({
    ...{ title, numeric: true },
    cell: (row) => amountText(of(row)),
  });
  const used = (title: string, name: keyof Resources) => amount(title, ({ used: found }) => found[name]);
  return [
    { title: "stage", cell: ({ name }) => name },
    used("LUT", "lut"),
    amount("expected", ({ cost }) => cost.lut),
    used("as memory", "lutram"),
    amount("SRL", ({ netlist }) => netlist.srl),
    used("FF", "ff"),
    amount("expected", ({ cost }) => cost.ff),
    amount("CARRY8", ({ netlist }) => netlist.carry8),
    used("BRAM18", "bram18"),
    amount("expected", ({ cost }) => cost.bram18),
    amount("BRAM36", ({ netlist }) => netlist.ramb36),
    used("DSP", "dsp"),
    { title: "longest path", cell: (row) => pathCell(row, periodNs) },
  ];
}

const amountText = (amount: number | null | undefined): string =>
  amount == null ? "–" : number(Number.isInteger(2 * amount) ? amount : Math.round(amount));

function pathCell(row: UsageRow, periodNs: number): Content {
  const { longestPath: path } = row.netlist;
  if (path === null) return "–";
  const late = isTooLong(row, periodNs);
  return html`${late && html`<b class="flag">too long</b> `}${number(pathDelay(path))} ns: ${pathLevels(path)}<small>${path.from} to ${path.to}</small>`;
}
