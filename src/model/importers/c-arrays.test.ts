import { describe, expect, it } from "vitest";
import { readArrays } from "./c-arrays.ts";
import { HeaderProblem } from "./c-tokens.ts";

/** Values of the array `a`, or its problem. */
function valuesOf(text: string): unknown {
  const found = readArrays(text, "f.h", new Map()).get("a");
  return found instanceof HeaderProblem ? found.diagnostic : found && [found.shape, found.values];
}

describe("readArrays", () => {
  it.each([
    ["const int a[3] = {1, -2, +3};", [[3], [1n, -2n, 3n]]],
    [
      "static const float a[2][2] = {{1.5f, .5}, {1e-3, 2.}};",
      [
        [2, 2],
        [1.5, 0.5, 0.001, 2],
      ],
    ],
    ["uint64 a[1] = {0xFFFFFFFFFFFFFFFFULL};", [[1], [0xffffffffffffffffn]]],
    ["int a[] = {010, 1'000, 7u,};", [[3], [8n, 1000n, 7n]]],
    ["int a[2]{1, 2};", [[2], [1n, 2n]]],
    ["const float a = 2.0/3;", [[], [2 / 3]]],
    ["float a[1] = {0.1f};", [[1], [Math.fround(0.1)]]],
    ["int a[2] = {7 / 2 * (1 + 1), 7 - 2 - 1};", [[2], [6n, 4n]]],
  ])("reads %s", (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  it("follows C where braces or values are left out", () => {
    expect(valuesOf("int a[2][2] = {1, 2, 3};")).toEqual([
      [2, 2],
      [1n, 2n, 3n, 0n],
    ]);
    expect(valuesOf("int a[2][2] = {{1}, {2}};")).toEqual([
      [2, 2],
      [1n, 0n, 2n, 0n],
    ]);
    expect(valuesOf("int a[2][3] = {0};")).toEqual([[2, 3], new Array(6).fill(0n)]);
    expect(valuesOf("int a[][2] = {{1}, {2}, {3}};")).toEqual([
      [3, 2],
      [1n, 0n, 2n, 0n, 3n, 0n],
    ]);
  });

  it("expands macros, also those of macros", () => {
    const text = "#define N 4 /* lanes */\n#define M (N*2) // all\n#define V \\\n 7\nint a[M/N] = {V, -V};";
    expect(valuesOf(text)).toEqual([[2], [7n, -7n]]);
    expect(valuesOf("#define N N\nint a[N] = {1};")).toMatchObject({ code: "header-syntax" });
  });

  it("leaves out what a condition excludes", () => {
    const branches = (condition: string) =>
      valuesOf(`${condition}\nint a = 1;\n#elif defined(Y)\nint a = 2;\n#else\nint a = 3;\n#endif`);
    expect(branches("#if 1")).toEqual([[], [1n]]);
    expect(branches("#ifndef X")).toEqual([[], [1n]]);
    expect(branches("#define Y\n#ifdef X")).toEqual([[], [2n]]);
    expect(branches("#if !defined(X) && 0")).toEqual([[], [1n]]);
    expect(branches("#if 0")).toEqual([[], [3n]]);
    expect(branches("#if X")).toEqual([[], [3n]]);
    expect(
      valuesOf("#ifdef X\n#if 1\nint a = 1;\n#endif\n#define Y\n#endif\n#ifdef Y\nint a = 2;\n#endif"),
    ).toBeUndefined();
  });

  it("passes over comments, texts and other code", () => {
    const text = `
      #include "x.h"
      // int a[1] = {9};
      /* int a[1] = {9};
      */ extern "C" { struct S { int b[2]; }; }
      const char* s = "/* no comment";
      #pragma HLS ARRAY_PARTITION variable=a
      inline void f(int x) { for (int i = 0; i < 3; i++) x = i == 2 ? 1 : 0; }
      int a[1] = {4}; int c[2] = {"x", f(1)};`;
    expect(valuesOf(text)).toEqual([[1], [4n]]);
  });

  it.each([
    ["int a[1] = {x};", 'expected a number, but found "x"', 1],
    ["\nint a[1] = {1, 2};", "a has more values than its bounds [1] hold", 2],
    ["int a[1] = {{1}};", "a has more values than its bounds [1] hold", 1],
    ["int a[2] = 1;", "a does not fit its initialiser", 1],
    ["int a[0] = {1};", "0 cannot be the size of an array", 1],
    ["int a[2][] = {1};", "a does not fit its initialiser", 1],
    ["int a[1] = {1\n;", 'expected "," or "}", but found ";"', 2],
    ["int a[1] = {1", 'expected "," or "}", but found "the end of the file"', 1],
    ["int a[1 = {1};", 'expected "]", but found "="', 1],
    ["int a[1] = {1/0};", "division by zero", 1],
    ["int a[1] = {09};", 'expected a number, but found "09"', 1],
    ["int a[99999999999] = {1};", "a does not fit its initialiser", 1],
  ])("says what is wrong with %j", (text, message, line) => {
    expect(valuesOf(text)).toMatchObject({ message, path: `f.h:${line}` });
  });

  it.each(["(", "-", "{"])("refuses deep nesting of %s without a stack overflow", (mark) => {
    expect(valuesOf(`int a[1] = {${mark.repeat(100_000)}`)).toMatchObject({ message: "nested too deeply" });
  });

  it("refuses a comment without end", () => {
    expect(() => readArrays("int a[1] = {1};\n/* ...", "f.h", new Map())).toThrow("no end");
  });
});
