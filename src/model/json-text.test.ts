import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../diagnostics.ts";
import { parseJson } from "./json-text.ts";

function parse(text: string): { value: unknown; found: string[] } {
  const diagnostics: Diagnostic[] = [];
  const value = parseJson(text, "f", (diagnostic) => diagnostics.push(diagnostic));
  return { value, found: diagnostics.map(({ path, message }) => `${path} ${message}`) };
}

/** What the platform says of the text: its value, or undefined. */
function platform(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe("parseJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parse(text)).toEqual({ value: JSON.parse(text), found: [] });
      }),
      { seed: 1 },
    );
  });

  it("refuses what JSON.parse refuses", () => {
    const broken = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", "}", "]", '"', "\\", "0", "e", "\n", "\u0001"),
    );
    fc.assert(
      fc.property(broken, ([text, place, junk]) => {
        const at = place % (text.length + 1);
        const spoilt = text.slice(0, at) + junk + text.slice(at + 1);
        expect(parse(spoilt).value).toEqual(platform(spoilt));
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it.each([
    ["", "f:1:1 not valid JSON: expected a value, but found the end of the file"],
    ["{\n  a: 1 }", 'f:2:3 not valid JSON: expected a key in double quotes or "}", but found "a"'],
    ['{ "a" 1 }', 'f:1:7 not valid JSON: expected ":", but found "1"'],
    ["[1\n2]", 'f:2:1 not valid JSON: expected "," or "]", but found "2"'],
    ['["a\nb"]', "f:1:4 not valid JSON: the string has no end on its line"],
    ['["\\x"]', "f:1:3 not valid JSON: unknown escape in a string"],
    ["{} {}", 'f:1:4 not valid JSON: expected the end of the file, but found "{"'],
    ["NaN", 'f:1:1 not valid JSON: expected a value, but found "N"'],
  ])("says where %j is wrong", (text, message) => {
    expect(parse(text).found).toEqual([message]);
  });

  it("refuses deep nesting without a stack overflow", () => {
    expect(parse("[".repeat(1_000_000)).found[0]).toContain("nested deeper than 64 levels");
  });

  it("reports keys that stand twice", () => {
    expect(parse('{ "a": { "b c": 1, "b c": 2 } }').found).toEqual([
      'a["b c"] the key "b c" stands twice in one object',
    ]);
    expect(parse('{ "a": { "b": 1 }, "c": { "b": 1 } }').found).toEqual([]);
  });
});
