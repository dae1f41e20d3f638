import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

it("finds the candidate that was meant", () => {
  expect(nearest("cov2d", ["dense", "conv2d", "concat"])).toBe("conv2d");
  expect(nearest("Conv2D", ["conv2d"])).toBe("conv2d");
  expect(nearest("layer1.weigth", ["layer1.bias", "layer1.weight"])).toBe("layer1.weight");
});

it("does not guess wildly", () => {
  expect(nearest("lstm", ["dense", "conv2d"])).toBeUndefined();
  expect(nearest("", ["dense"])).toBeUndefined();
  expect(nearest("dense", ["dense"])).toBeUndefined();
  expect(nearest("x".repeat(10_000), ["x".repeat(9_999)])).toBeUndefined();
});
