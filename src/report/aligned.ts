/** A table for the terminal: two blanks between columns, words to the left and numbers to the right. */

/** `words` are the columns of words. All rows have as many cells as the first one. */
export function aligned(rows: readonly (readonly string[])[], words: readonly number[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    words.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((cells) => cells.map(pad).join("  ").trimEnd());
}
