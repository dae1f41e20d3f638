import { expect, test } from "vitest";
import { digestOf, makePlan } from "./plan.ts";

const tool = { name: "cc", path: "/bin/cc", version: "1" };
const compile = { name: "compile", tool, arguments: ["a.c"], inputs: ["a.c"], products: ["a.o"], timeoutSeconds: 1 };
const link = { name: "link", tool, arguments: ["a.o"], inputs: ["a.o"], products: ["a"], timeoutSeconds: 1 };
const planOf = (a: string, b = "b") =>
  makePlan(
    new Map([
      ["a.c", a],
      ["b.c", b],
    ]),
    [compile, link],
  );

test("a digest tells two lists of parts apart", () => {
  expect(digestOf("ab", "c")).not.toBe(digestOf("a", "bc"));
  expect(digestOf("ä")).toBe(digestOf(Buffer.from("ä")));
});

test("the order of the files does not matter", () => {
  const files: [string, string][] = [
    ["x", "1"],
    ["y", "2"],
  ];
  expect(makePlan(new Map(files)).digest).toBe(makePlan(new Map(files.reverse())).digest);
});

test("a changed file changes the digests of the steps that depend on it, and no others", () => {
  const digests = (a: string, b?: string) => planOf(a, b).steps.map(({ digest }) => digest);
  const [compiled, linked] = digests("1");
  expect(digests("2")[0]).not.toBe(compiled);
  expect(digests("2")[1]).not.toBe(linked);
  expect(digests("1", "changed")).toEqual([compiled, linked]);
});

test("where the tool stands does not matter, its version does", () => {
  const digestWith = (change: object) =>
    makePlan(new Map([["a.c", ""]]), [{ ...compile, tool: { ...tool, ...change } }]).digest;
  expect(digestWith({ path: "/opt/cc" })).toBe(digestWith({}));
  expect(digestWith({ version: "2" })).not.toBe(digestWith({}));
});

test("a step that reads what nothing makes is a bug", () => {
  expect(() => makePlan(new Map(), [link])).toThrow("internal error: step link reads a.o, which nothing makes");
});
