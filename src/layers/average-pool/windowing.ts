import { inputOf } from "../../ir/checks.ts";
import { bitWidth } from "../../ir/data-type.ts";
import type { Folding, LayerContext } from "../../ir/layer.ts";
import type { Window } from "../../ir/window.ts";
import { slidingWindow } from "../../ir/window.ts";
import type { Windowing } from "../../ir/windowing.ts";
import type { AveragePool } from "./index.ts";

export function windowOf(context: LayerContext<AveragePool>): Window {
  const { kernel, stride, padding } = context.attributes;
  return slidingWindow(inputOf(context).shape, kernel, stride, padding);
}

/** Padded elements are 0. */
export function averagePoolWindowing(context: LayerContext<AveragePool>, { pe }: Folding): Windowing {
  const { shape, type } = inputOf(context);
  const signs = type.kind === "bipolar";
  const bits = signs ? 2 : bitWidth(type);
  const { padding } = context.attributes;
  const window = windowOf(context);
  return { input: shape, window, padding, groups: shape[0] / pe, simd: pe, bits, planes: 1, signs, fill: 0n };
}
