import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { findTool } from "../build/tool.ts";
import { cacheFolder, prune } from "./cache.ts";
import type { Sources } from "./compiler.ts";
import { compile } from "./compiler.ts";
import { CXX } from "./cxx.ts";

const compiler = await findTool(CXX);
const root = mkdtempSync(join(tmpdir(), "bitloom-compiler-"));
let folder = join(root, "project");
vi.stubEnv("BITLOOM_CACHE", join(root, "cache"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(root, "project "));
  mkdirSync(join(folder, "src"));
  write("src/value.h", "#pragma once\nint value();\n");
  write("src/value.cpp", '#include "value.h"\nint value() { return 1; }\n');
  write("main.cpp", '#include <cstdio>\n#include <value.h>\nint main() { std::printf("%d", value() + EXTRA); }\n');
});

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const sources = (): Sources => ({
  folder,
  units: ["main.cpp", "src/value.cpp"],
  includes: ["src"],
  defines: ["EXTRA=0"],
});
const build = async (changed: Partial<Sources> = {}) => {
  const { path, reused } = await compile({ ...sources(), ...changed }, { compiler });
  return { output: execFileSync(path, { encoding: "utf8" }), reused };
};

test("compiles what changed, and only that", async () => {
  expect(await build()).toEqual({ output: "1", reused: 0 });
  expect(await build()).toEqual({ output: "1", reused: 2 });
  write("src/value.cpp", '#include "value.h"\nint value() { return 2; }\n');
  expect(await build()).toEqual({ output: "2", reused: 1 });
  write("src/value.h", "#pragma once\nint value();  // changed\n");
  expect(await build()).toEqual({ output: "2", reused: 0 });
  expect(await build({ defines: ["EXTRA=5"] })).toEqual({ output: "7", reused: 0 });
});

test("a copy of the project elsewhere is not compiled again", async () => {
  write("src/value.cpp", '#include "value.h"\nint value() { return 9; }\n');
  await build();
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  folder = copy;
  expect(await build()).toEqual({ output: "9", reused: 2 });
});

test("an error of the compiler is quoted, and leaves nothing in the cache", async () => {
  write("src/value.cpp", '#include "value.h"\nint value() { return unknown_name; }\n');
  const before = readdirSync(join(cacheFolder(), "csim"));
  const error = await build().catch((thrown) => thrown);
  expect(error.details).toMatchObject({ reason: "failed", step: "compile src/value.cpp", exitCode: 1 });
  expect(error.details.lines.join("\n")).toMatch(/value\.cpp:2.*unknown_name/);
  expect(readdirSync(join(cacheFolder(), "csim")).length).toBeLessThanOrEqual(before.length + 1);
});

test("the cache folder is chosen by the user, or the usual one", () => {
  expect(cacheFolder({ BITLOOM_CACHE: "/c", XDG_CACHE_HOME: "/x" })).toBe("/c");
  expect(cacheFolder({ XDG_CACHE_HOME: "/x" })).toBe(join("/x", "bitloom"));
  expect(cacheFolder({})).toMatch(/bitloom$/);
});

test("the least recently used files are removed", async () => {
  const cache = mkdtempSync(join(root, "prune"));
  for (const name of ["a", "b", "c"]) {
    writeFileSync(join(cache, name), "123");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await prune(cache, 7);
  expect(readdirSync(cache)).toEqual(["b", "c"]);
});
