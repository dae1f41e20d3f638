import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawAt } from "../ir/parameter.ts";
import type { ExactEntry } from "./schema.ts";
import { tensor } from "./schema.ts";
import { parameterOf } from "./weights.ts";

/** The parameter, or the messages. */
function read(entry: object, elements: ArrayLike<number | bigint>) {
  const messages: string[] = [];
  const shape = [Math.max(1, elements.length)];
  const parameter = parameterOf(
    tensor.parse({ shape, data: [], ...entry }) as ExactEntry,
    elements,
    "t",
    ({ path, message }) => messages.push(`${path}: ${message}`),
  );
  return parameter ?? messages;
}

describe("parameterOf", () => {
  it("keeps every value of every width, from every array", () => {
    const widths = fc.record({ width: fc.integer({ min: 1, max: 64 }), signed: fc.boolean() });
    const cases = widths.chain(({ width, signed }) => {
      const [min, max] = signed
        ? [-(2n ** BigInt(width - 1)), 2n ** BigInt(width - 1) - 1n]
        : [0n, 2n ** BigInt(width) - 1n];
      return fc.record({
        type: fc.constant(`ap_${signed ? "" : "u"}fixed<${width},3>`),
        raws: fc.array(fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max)), { minLength: 1, maxLength: 9 }),
      });
    });
    fc.assert(
      fc.property(cases, ({ type, raws }) => {
        const sources = [raws, type.startsWith("ap_u") ? BigUint64Array.from(raws) : BigInt64Array.from(raws)];
        for (const source of sources) {
          const parameter = read({ encoding: "fixed", type }, source);
          if (Array.isArray(parameter)) throw new Error(parameter[0]);
          expect(raws.map((_, i) => rawAt(parameter, i))).toEqual(raws);
        }
      }),
      { seed: 1 },
    );
  });

  it("refuses values out of range, however far", () => {
    const type = "ap_fixed<12,4>";
    expect(read({ encoding: "fixed", type }, [0, 2048, -9999])).toEqual([
      "t.data[1]: 2048 is not a raw value of ap_fixed<12,4>, -2048 to 2047, nor are 1 more elements",
    ]);
    for (const raw of [2n ** 32n, -(2n ** 63n), 2n ** 63n - 1n])
      expect(read({ encoding: "fixed", type }, BigInt64Array.of(raw))).toEqual([expect.stringContaining(String(raw))]);
    expect(read({ encoding: "fixed", type: "ap_ufixed<32,4>" }, BigUint64Array.of(2n ** 64n - 1n))).toHaveLength(1);
    expect(read({ encoding: "fixed", type: "ap_fixed<40,4>" }, [2 ** 39])).toHaveLength(1);
  });

  it("counts the powers of two of a k-hot element", () => {
    const hot = (terms: number, digits: string, raw: number) =>
      Array.isArray(read({ encoding: "k-hot", type: "ap_int<16>", terms, digits }, [raw]));
    expect([hot(1, "signed", 7), hot(2, "signed", 7), hot(2, "unsigned", 7), hot(3, "unsigned", 7)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([hot(1, "signed", -8), hot(16, "unsigned", -8), hot(1, "signed", 0)]).toEqual([false, true, false]);
  });

  it("stores as compactly as the type allows", () => {
    const stored = (entry: object) => (read(entry, [1]) as { data: object }).data.constructor.name;
    expect(stored({ encoding: "bipolar" })).toBe("Uint8Array");
    expect(stored({ encoding: "ternary" })).toBe("Int8Array");
    expect(stored({ encoding: "fixed", type: "ap_ufixed<9,1>" })).toBe("Uint16Array");
    expect(stored({ encoding: "fixed", type: "ap_fixed<32,1>" })).toBe("Int32Array");
    expect(stored({ encoding: "codebook", type: "ap_fixed<64,1>", table: [1, "2"] })).toBe("Uint8Array");
    expect(stored({ encoding: "codebook", type: "ap_fixed<64,1>", table: new Array(257).fill(0) })).toBe("Uint16Array");
  });
});
