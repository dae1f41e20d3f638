import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMPILER, FLAGS, hasCompiler, includes } from "../../../test/tools/run-hls.ts";
import { temporaryFolder } from "../../../test/tools/temporary.ts";
import { packageFile } from "../../package-root.ts";
import { kernelFiles } from "./kernels.ts";

const shared = readdirSync(packageFile("src/templates/hls")).filter((name) => name.endsWith(".hpp"));
const layers = readdirSync(packageFile("src/layers"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("kernel.hpp"))
  .map((path) => path.replace(/.kernel\.hpp$/, "").replaceAll("-", "_"));
const headers = [...shared, ...layers.map((kind) => `${kind}.hpp`)];

test("a kernel brings along what it includes", () => {
  expect([...kernelFiles(["thermometer.hpp"]).keys()]).toEqual(["bits.hpp", "hls.hpp", "thermometer.hpp"]);
});

/** Compiles one file beside all kernels; gives what the program prints. */
function compileAndRun(program: string, defines: readonly string[] = []): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "kernels"));
  for (const [name, text] of kernelFiles(headers)) writeFileSync(join(folder, "kernels", name), text);
  writeFileSync(join(folder, "program.cpp"), program);
  const flags = [...FLAGS, "-Ikernels", ...includes(), ...defines.map((define) => `-D${define}`)];
  const compiled = spawnSync(COMPILER, [...flags, "program.cpp", "-o", "program"], { cwd: folder, encoding: "utf8" });
  expect(compiled.stderr).toBe("");
  return spawnSync(join(folder, "program"), { encoding: "utf8" }).stdout;
}

describe.skipIf(!hasCompiler())("kernels", () => {
  test.each(headers)("%s compiles by itself", (name) => {
    compileAndRun(`#include "${name}"\nint main() {}\n`);
  });

  test("what is small in hardware equals what is fast on a CPU", () => {
    const printed = [[], ["BITLOOM_AS_SYNTHESIZED"]].map((defines) => compileAndRun(BOTH_FORMS, defines));
    expect(printed[0]?.split("\n")).toHaveLength(401);
    expect(printed[1]).toBe(printed[0]);
  });
});

const BOTH_FORMS = `
#include <cstdio>
#include "popcount.hpp"
#include "shift_add.hpp"
int main() {
  uint64_t word = 1;
  for (int i = 0; i < 200; i++) {
    word = word * 6364136223846793005ULL + 1442695040888963407ULL;
    const uint64_t x[3] = {word, word >> 7, word & 0x1ff};
    const uint64_t w[3] = {word >> 3, word * 5, (word >> 20) & 0x1ff};
    std::printf("%d %d\\n", bitloom::popcount<64>(word), bitloom::distance<137>(x, w));
    // 171 = 128 + 32 + 8 + 2 + 1 and -85 = -64 - 16 - 4 - 1.
    const uint8_t digits[2][5] = {{8, 6, 4, 2, 1}, {135, 133, 131, 129, 0}};
    ap_fixed<9, 4> number;
    number.range(8, 0) = ap_uint<9>(word >> 30);
    const ap_fixed<20, 10> high = bitloom::shift_add<ap_fixed<20, 10>>(number, digits[0], 171);
    const ap_fixed<20, 10> low = bitloom::shift_add<ap_fixed<20, 10>>(number, digits[1], -85);
    std::printf("%lld %lld\\n", (long long)bitloom::raw(high).to_int64(), (long long)bitloom::raw(low).to_int64());
  }
}
`;
