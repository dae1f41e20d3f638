/**
 * The constants of a stage as a header. It is made in pieces, since a layer may have millions of them and a string has an
 * upper limit.
 */
import type { HlsTable } from "../../ir/hls/table.ts";

const PER_LINE = 8;
/** Characters that are put together as a string before they become bytes. */
const PIECE = 1 << 20;

/** A string where it is small, else bytes. */
export function parametersFile(stage: string, tables: readonly HlsTable[]): string | Uint8Array {
  const pieces: Buffer[] = [];
  let text = "";
  for (const part of header(stage, tables)) {
    text += part;
    if (text.length < PIECE) continue;
    pieces.push(Buffer.from(text));
    text = "";
  }
  return pieces.length === 0 ? text : Buffer.concat([...pieces, Buffer.from(text)]);
}

function* header(stage: string, tables: readonly HlsTable[]): Generator<string> {
  const guard = `STAGE_${stage}_PARAMETERS_HPP`;
  yield `// Constants of ${stage}.\n#ifndef ${guard}\n#define ${guard}\n\n#include <stdint.h>\n`;
  for (const table of tables) {
    const dimensions = table.dimensions.map((size) => `[${size}]`).join("");
    yield `\n/// ${table.summary}\nstatic const ${table.type} ${table.name}${dimensions} = `;
    yield* initialiser(table, 0, 0, table.values.length);
    yield ";\n";
  }
  yield "\n#endif\n";
}

/** `count` values from `from` on, which the dimensions from `depth` on describe, in braces. */
function* initialiser(table: HlsTable, depth: number, from: number, count: number): Generator<string> {
  if (depth >= table.dimensions.length - 1) {
    yield row(table, from, count);
    return;
  }
  const size = count / (table.dimensions[depth] as number);
  for (let at = from; at < from + count; at += size) {
    yield at === from ? "{" : ",\n";
    yield* initialiser(table, depth + 1, at, size);
  }
  yield "}";
}

function row(table: HlsTable, from: number, count: number): string {
  const lines: string[] = [];
  for (let at = from; at < from + count; at += PER_LINE) {
    const length = Math.min(PER_LINE, from + count - at);
    lines.push(Array.from({ length }, (_, i) => number(table, at + i)).join(", "));
  }
  return `{${lines.join(",\n")}}`;
}

/** Unsigned values as hexadecimal words, signed ones in decimal. */
function number({ type, values }: HlsTable, index: number): string {
  const value = values[index] as number | bigint;
  if (type.startsWith("u")) return `0x${value.toString(16)}${type === "uint64_t" ? "ULL" : ""}`;
  if (type !== "int64_t") return value.toString();
  return BigInt(value) === -(1n << 63n) ? "(-0x7fffffffffffffffLL - 1)" : `${value}LL`;
}
