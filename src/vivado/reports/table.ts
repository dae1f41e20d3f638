/** The `+---+` and `| a | b |` tables of Vivado and of the HLS tools. */

export interface Table {
  /** The index of its first border among the lines that it was read from. */
  readonly start: number;
  /** Rows between two borders, as cells with their blanks kept (indentation is depth in hierarchies). */
  readonly groups: readonly (readonly Row[])[];
  /** Whether the last line of the table is a border. */
  readonly closed: boolean;
}

export type Row = readonly string[];

const BORDER = /^\s*\+[-+]+\+\s*$/;
const ROW = /^\s*\|(.*)\|\s*$/;

export function* tablesOf(lines: readonly string[], from = 0): Iterable<Table> {
  for (let index = from; index < lines.length; index++) {
    if (!BORDER.test(lines[index] ?? "")) continue;
    const { table, end } = readTable(lines, index);
    yield table;
    index = end;
  }
}

function readTable(lines: readonly string[], start: number): { table: Table; end: number } {
  const groups: Row[][] = [];
  let index = start;
  for (; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const row = ROW.exec(line)?.[1];
    if (row !== undefined) groups.at(-1)?.push(row.split("|"));
    else if (BORDER.test(line)) groups.push([]);
    else break;
  }
  // Every border opens a group, so the last border of a whole table has opened an empty one.
  const closed = groups.length > 1 && groups.at(-1)?.length === 0;
  return { table: { start, groups: closed ? groups.slice(0, -1) : groups, closed }, end: index };
}

/** Whether a table with a header has all of its rows: it is not cut off in the header or in the rows. */
export const isWhole = (table: Table): boolean => table.closed && table.groups.length > 1;

/** Column names of a header of one or more lines: `Latency` over `(cycles)` is `Latency (cycles)`. */
export function columnsOf(table: Table): readonly string[] {
  const header = table.groups[0] ?? [];
  const width = Math.max(0, ...header.map((row) => row.length));
  return Array.from({ length: width }, (_, column) =>
    header
      .map((row) => row[column]?.trim() ?? "")
      .filter((part) => part !== "")
      .join(" "),
  );
}

/** Rows below the header that have a cell for every column. A row of another width was cut, or has a `|` in a name. */
export function rowsOf(table: Table): readonly Row[] {
  const width = columnsOf(table).length;
  return table.groups
    .slice(1)
    .flat()
    .filter((row) => row.length === width);
}

export function findTable(tables: Iterable<Table>, ...wanted: readonly string[]): Table | undefined {
  for (const table of tables) {
    const columns = columnsOf(table);
    if (wanted.every((name) => columns.includes(name))) return table;
  }
  return undefined;
}

/** Cells under a column name. */
export const cellOf = (columns: readonly string[], row: Row, name: string): string | undefined => {
  const index = columns.indexOf(name);
  return index < 0 ? undefined : row[index]?.trim();
};

/** Depth of an indented name: Vivado and HLS indent by two blanks (HLS summaries by one) after the first. */
export const indentOf = (cell: string): number => cell.length - cell.trimStart().length;
