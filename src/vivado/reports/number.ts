/** Numbers in report cells. Anything that is not exactly a number is undefined: a guess would be silent nonsense. */

const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

export function toNumber(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? "";
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
}

/** The number before a note: `52110 (22%)`, `123(4.56%)`, `4.00 ns`, `14.366 (Junction temp exceeded!)`. */
export function leadingNumber(text: string | undefined): number | undefined {
  const match = /^(-?[\d.]+(?:e[+-]?\d+)?)\s*(?:\(.*\)|ns)?$/i.exec(text?.trim() ?? "");
  return toNumber(match?.[1]);
}

/** A number, one of the words with which the tool says that there is none, or null. */
export function numberOr<W extends string>(words: readonly W[], text: string | undefined): number | W | null {
  const trimmed = text?.trim();
  return words.find((word) => word === trimmed) ?? toNumber(trimmed) ?? null;
}
