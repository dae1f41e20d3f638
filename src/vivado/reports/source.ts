/** A report as text, from memory or from a file of any size: what every parser reads from. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { reasonOf } from "../../files.ts";
import { reportUnreadable, unusable } from "./diagnostics.ts";
import { type Encoding, encodingOf, toText } from "./encoding.ts";

/** Reports are read up to here; a log is streamed to its end. The largest real report seen has 2.7 MB. */
export const MAX_TEXT_BYTES = 32 * 2 ** 20;
/** Enough for the header and the title of every report, and for the banner of every log. */
const OPENING_BYTES = 64 * 2 ** 10;
const CHUNK_BYTES = 2 ** 20;
/** A message that matters is shorter; a log of one endless line must not be held in memory. */
const MAX_LINE_CHARS = 2 ** 16;

export interface Source {
  readonly path: string;
  readonly opening: string;
  /** Whether `text()` is only the first part of the file. */
  readonly cut: boolean;
  text(): string;
  /** Every line of the whole file, without its line ending; an over-long line is cut. */
  lines(): Iterable<string>;
}

export function sourceOfText(content: string | Uint8Array, path = "<text>"): Source {
  const text = typeof content === "string" ? content.replace(/^\uFEFF/, "") : toText(content, encodingOf(content));
  return {
    path,
    opening: text.slice(0, OPENING_BYTES),
    cut: text.length > MAX_TEXT_BYTES,
    text: () => text.slice(0, MAX_TEXT_BYTES),
    lines: () => linesOf([text]),
  };
}

export function sourceOfFile(path: string): Source {
  const opening = readStart(path, OPENING_BYTES);
  const encoding = encodingOf(opening.bytes);
  return {
    path,
    opening: toText(opening.bytes, encoding),
    cut: opening.size > MAX_TEXT_BYTES,
    text: () => toText(readStart(path, MAX_TEXT_BYTES).bytes, encoding),
    lines: () => linesOf(chunksOf(path, encoding)),
  };
}

function readStart(path: string, limit: number): { bytes: Uint8Array; size: number } {
  return withFile(path, (file) => {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, limit));
    let filled = 0;
    while (filled < buffer.length) {
      const count = readSync(file, buffer, filled, buffer.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return { bytes: buffer.subarray(0, filled), size };
  });
}

function withFile<T>(path: string, use: (file: number) => T): T {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    return use(file);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const unreadable = (path: string, error: unknown) => unusable(reportUnreadable(path, reasonOf(error)));

function* chunksOf(path: string, encoding: Encoding): Iterable<string> {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const decoder = new TextDecoder(encoding);
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) {
      yield decoder.decode(buffer.subarray(0, count), { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function* linesOf(chunks: Iterable<string>): Iterable<string> {
  let rest = "";
  for (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", start)) {
      yield lineOf(rest + chunk.slice(start, Math.min(end, start + MAX_LINE_CHARS)));
      rest = "";
      start = end + 1;
    }
    if (rest.length < MAX_LINE_CHARS) rest += chunk.slice(start, start + MAX_LINE_CHARS);
  }
  if (rest !== "") yield lineOf(rest);
}

/** Logs that went through two Windows tools end their lines in `\r\r\n`. */
function lineOf(text: string): string {
  let end = Math.min(text.length, MAX_LINE_CHARS);
  while (text[end - 1] === "\r") end--;
  return text.slice(0, end);
}

/**
 * The lines that end in a line feed. Every tool ends its reports with one, so a last line without it may be half a line,
 * and half a number is a wrong number.
 */
export function wholeLines(text: string): readonly string[] {
  const lines = text.split("\n");
  lines.pop();
  for (const [index, line] of lines.entries()) lines[index] = lineOf(line);
  return lines;
}
