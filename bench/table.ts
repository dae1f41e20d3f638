export interface Row {
  readonly what: string;
  readonly value: string;
  /** What the project asks for. */
  readonly wanted?: string;
}

export function writeTable(machine: string, rows: readonly Row[]): string {
  const lines = rows.map(({ what, value, wanted = "" }) => `| ${what} | ${value} | ${wanted} |`);
  return [`On ${machine}:`, "", "| | measured | wanted |", "|---|---|---|", ...lines].join("\n");
}
