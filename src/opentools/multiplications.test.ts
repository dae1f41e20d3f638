import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/tools/temporary.ts";
import { findTool } from "../build/tool.ts";
import { countMultiplications, GCC, multiplicationsIn } from "./multiplications.ts";

const gcc = await findTool(GCC).then(
  (found) => (GCC.versionPattern.test(found.version) ? found : undefined),
  () => undefined,
);

describe("multiplications in GIMPLE", () => {
  it("are those of two names", () => {
    expect(multiplicationsIn("  _3 = a_1(D) * b_2(D);\n  _4 = _3 w* _1;\n  _5 = MEM[(int *)p_1] * x;\n")).toBe(2);
    expect(multiplicationsIn("  _3 = a_1(D) * 3;\n  _4 = _3 * -7;\n  int * p;\n  _5 = (int *) _3;\n")).toBe(0);
  });
});

describe.skipIf(!gcc)(gcc ? "multiplications in C++" : "skipped: there is no GCC", () => {
  it("are seen through templates, and not where one value is a constant", async () => {
    const folder = temporaryFolder();
    const text = `#include <ap_int.h>
      template <int N> ap_int<40> scaled(ap_int<12> x) { return x * N; }
      ap_int<40> constant(ap_int<12> x) { return scaled<77>(x); }
      ap_int<40> both(ap_int<12> x, ap_int<20> y) { return x * y; }
      ap_int<40> shifted(ap_int<12> x, int n) { return ap_int<40>(x) << n; }`;
    writeFileSync(join(folder, "unit.cpp"), text);
    const counts = await countMultiplications(folder, ["unit.cpp"], {
      gcc: gcc as NonNullable<typeof gcc>,
      logs: folder,
    });
    expect(counts).toEqual(new Map([["unit.cpp", 1]]));
  });
});
