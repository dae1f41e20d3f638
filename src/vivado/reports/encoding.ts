/** The character encoding of a report: UTF-8, or UTF-16 where a Windows shell redirected the tool's output into a file. */

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/** Bytes of another code page (dates and paths of a localised machine) become U+FFFD; the byte order mark is dropped. */
export const toText = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);
