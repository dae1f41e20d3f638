import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { castRaw, formatCast, OVERFLOWS, parseCast, parseType, ROUNDINGS } from "./cast.ts";
import { castDoubles } from "./cast-doubles.ts";
import { fixed, numeric } from "./data-type.ts";

const rows = readFileSync(new URL("../../sim/vectors/cast.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(2);

describe("cast", () => {
  it("agrees with the shared table of vectors", () => {
    const wrong = rows.filter((row) => {
      const [from, raw, to, expected] = row.split(";") as [string, string, string, string];
      const source = numeric(parseType(from)!);
      return castRaw(BigInt(raw), source.fraction, parseCast(to)!) !== BigInt(expected);
    });
    expect(rows.length).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });

  it("gives the same on arrays of doubles", () => {
    const types = fc.record({
      signed: fc.boolean(),
      width: fc.integer({ min: 1, max: 60 }),
      fraction: fc.integer({ min: -20, max: 40 }),
    });
    const modes = fc.tuple(fc.constantFrom(...ROUNDINGS), fc.constantFrom(...OVERFLOWS));
    const raws = fc.array(
      fc.oneof(
        fc.integer(),
        fc.integer({ min: -64, max: 64 }),
        fc.maxSafeInteger().map((n) => Math.trunc(n / 4)),
      ),
    );
    fc.assert(
      fc.property(types, modes, fc.integer({ min: -10, max: 40 }), raws, (t, [rounding, overflow], fraction, data) => {
        const cast = { type: fixed(t.signed, t.width, t.fraction), rounding, overflow };
        const expected = data.map((raw) => Number(castRaw(BigInt(raw), fraction, cast)));
        const actual = castDoubles(Float64Array.from(data), fraction, 52, cast);
        expect([...actual].map((raw) => raw + 0)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads what it prints", () => {
    for (const text of [
      "bipolar",
      "ap_fixed<16,9,AP_RND,AP_SAT>",
      "ap_ufixed<2,2,AP_RND,AP_SAT>",
      "ap_fixed<12,4>",
      "ap_fixed<4,-3>",
      "ap_fixed<4,9,AP_TRN_ZERO>",
      "ap_int<7>",
      "ap_uint<8>",
    ])
      expect(formatCast(parseCast(text)!)).toBe(text);
    for (const text of [
      "",
      "float",
      "ap_fixed<16>",
      "ap_int<4,2>",
      "ap_fixed<8,4,AP_ROUND>",
      "ap_fixed<8,4,AP_RND,SAT>",
    ])
      expect(parseCast(text)).toBeUndefined();
  });
});
