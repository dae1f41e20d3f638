import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, execaSync } from "execa";
import { afterAll, describe, expect, test } from "vitest";

const here = import.meta.dirname;
const amdHeaders = process.env["BITLOOM_AP_HEADERS"];
const compilers = ["g++", "clang++"].filter((name) => !execaSync(name, ["--version"], { reject: false }).failed);
const work = mkdtempSync(join(tmpdir(), "bitloom-headers-"));
afterAll(() => rmSync(work, { recursive: true }));

const ours = [`-I${join(here, "ap")}`];
const amd = ["-isystem", `${amdHeaders}`, "-DNDEBUG", "-DAMD_HEADERS"];

/** Compiles one source with every warning an error, and returns the program's path. */
async function compile(compiler: string, source: string, flags: string[]): Promise<string> {
  const program = join(work, `program-${Math.random().toString(36).slice(2)}`);
  const common = ["-std=c++14", "-Wall", "-Wextra", "-Werror", `-I${join(here, "hls")}`, `-I${join(here, "test")}`];
  await execa(compiler, [...common, ...flags, source, "-o", program]);
  return program;
}

async function output(compiler: string, source: string, flags: string[]): Promise<string> {
  return (await execa(await compile(compiler, source, flags))).stdout;
}

/** A program that casts every row of the shared table; one function call for each pair of types. */
function castProgram(): string {
  const [, , ...rows] = readFileSync(join(here, "../vectors/cast.csv"), "utf8").trim().split("\n");
  const pairs = new Map<string, string[]>();
  for (const row of rows) {
    const [from, raw, to, expected] = row.split(";") as [string, string, string, string];
    const words = [raw, expected].map((text) => `${BigInt.asUintN(64, BigInt(text))}ULL`);
    const key = `${from}, ${to}`;
    pairs.set(key, [...(pairs.get(key) ?? []), `{${words}}`]);
  }
  const calls = [...pairs].map(([types, vectors]) => `{static const U64 v[][2] = {${vectors}}; cast<${types}>(v);}`);
  return `#include "cast.h"\nint main() {\n${calls.join("\n")}\nreturn failures() != 0;\n}\n`;
}

// Compiling is slow where many jobs share the machine.
const options = { timeout: 300_000 };

describe.skipIf(compilers.length === 0)("Vitis HLS headers (skipped when there is no C++ compiler)", options, () => {
  test("cast every vector of the shared table", async () => {
    const source = join(work, "cast.cpp");
    writeFileSync(source, castProgram());
    expect(await output(compilers[0]!, source, ours)).toBe("");
  });

  describe.each(compilers)("with %s", (compiler) => {
    test.each(["operators", "wide", "stream"])("%s: agrees with its model", async (name) => {
      expect(await output(compiler, join(here, `test/${name}.cpp`), ours)).toMatch(/^(digest \w+|done)$/);
    });

    test("stops with the stream's name when an empty stream is read", async () => {
      const program = await compile(compiler, join(here, "test/stream.cpp"), ours);
      const result = await execa(program, ["empty"], { reject: false });
      expect(result.exitCode).toBe(1);
      expect(result.stderr).toBe("error: read from the empty hls::stream 'numbers'");
    });
  });
});

// Set BITLOOM_AP_HEADERS to the include folder of AMD's HLS_arbitrary_Precision_Types to run these.
describe.skipIf(compilers.length === 0 || amdHeaders === undefined)(
  "the same programs on AMD's ap_ headers",
  options,
  () => {
    test.each(["operators", "wide", "stream"])("%s prints the same", async (name) => {
      const source = join(here, `test/${name}.cpp`);
      const [mine, theirs] = [
        await output(compilers[0]!, source, [...ours, "-DAMD_HEADERS"]),
        await output(compilers[0]!, source, amd),
      ];
      expect(mine).toBe(theirs);
    });

    test("cast", async () => {
      const source = join(work, "cast.cpp");
      writeFileSync(source, castProgram());
      expect(await output(compilers[0]!, source, amd)).toBe("");
    });
  },
);
