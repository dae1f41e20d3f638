import { inputOf } from "../../ir/checks.ts";
import { bitWidth, minRaw } from "../../ir/data-type.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import type { Window } from "../../ir/window.ts";
import { slidingWindow } from "../../ir/window.ts";
import type { Windowing } from "../../ir/windowing.ts";
import type { MaxPool } from "./index.ts";

export function windowOf(context: LayerContext<MaxPool>): Window {
  const { kernel, stride, padding } = context.attributes;
  return slidingWindow(inputOf(context).shape, kernel, stride, padding);
}

/** Padded elements hold the smallest number there is: every window touches the map, so they never win alone. */
export function maxPoolWindowing(context: LayerContext<MaxPool>, { pe }: Folding): Windowing {
  const { shape, type } = inputOf(context);
  const bits = bitWidth(type);
  const fill = type.kind === "bipolar" ? 0n : BigInt.asUintN(bits, minRaw(type));
  const { padding } = context.attributes;
  const window = windowOf(context);
  return { input: shape, window, padding, groups: shape[0] / pe, simd: pe, bits, planes: 1, signs: false, fill };
}
