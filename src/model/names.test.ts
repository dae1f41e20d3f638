import { expect, it } from "vitest";
import { nameProblem } from "./names.ts";

it("takes plain names", () => {
  for (const name of ["a", "conv1", "layer1_0_1_qin", "Logits", "image", "x".repeat(100)])
    expect(nameProblem(name)).toBeUndefined();
});

it.each([
  "",
  "1a",
  "a-b",
  "a.b",
  "a b",
  "_a",
  "ä",
  "a\n",
  "class",
  "reg",
  "input",
  "in",
  "ap_clk",
  "toString ",
  "x".repeat(101),
])("refuses %j", (name) => expect(nameProblem(name)).toMatch(/^\S/));

it("does not take inherited properties for keywords", () => {
  expect(nameProblem("constructor")).toBeUndefined();
});
