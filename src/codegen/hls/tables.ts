/** Tables as C++ initialisers. Large ones are made of pieces, so that no line of thousands of numbers is built at once. */
import type { HlsTable } from "../../ir/hls/table.ts";

const PER_LINE = 8;

export const dimensionsText = ({ dimensions }: HlsTable): string => dimensions.map((size) => `[${size}]`).join("");

/** Nested braces by dimension; unsigned values as hexadecimal words, signed ones in decimal. */
export function initialiser(table: HlsTable): string {
  const { dimensions, values } = table;
  if (dimensions.length === 0) return number(table, 0);
  const rowSize = dimensions.at(-1) as number;
  const rows: string[] = [];
  for (let from = 0; from < values.length; from += rowSize) rows.push(row(table, from, rowSize));
  return nest(rows, dimensions.slice(0, -1));
}

function nest(rows: readonly string[], outer: readonly number[]): string {
  const size = outer.at(-1);
  if (size === undefined) return rows[0] as string;
  const groups: string[] = [];
  for (let from = 0; from < rows.length; from += size) groups.push(`{${rows.slice(from, from + size).join(",\n")}}`);
  return nest(groups, outer.slice(0, -1));
}

function row(table: HlsTable, from: number, size: number): string {
  const lines: string[] = [];
  for (let at = from; at < from + size; at += PER_LINE) {
    const count = Math.min(PER_LINE, from + size - at);
    lines.push(Array.from({ length: count }, (_, i) => number(table, at + i)).join(", "));
  }
  return `{${lines.join(",\n")}}`;
}

function number({ type, values }: HlsTable, index: number): string {
  const value = values[index] as number | bigint;
  if (type.startsWith("u")) return `0x${value.toString(16)}${type === "uint64_t" ? "ULL" : ""}`;
  if (type !== "int64_t") return value.toString();
  return BigInt(value) === -(1n << 63n) ? "(-0x7fffffffffffffffLL - 1)" : `${value}LL`;
}
