import type { Arithmetic } from "../../ir/arithmetic.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { GatedConv2d } from "./index.ts";

/** From the sums M and L0 of the two planes to L and y: docs/ir.md "gated-conv2d". */
export function gatedSum<V>(
  arithmetic: Arithmetic<V>,
  context: LayerContext<GatedConv2d>,
  m: V,
  l0: V,
): { l: V; y: V } {
  const { highScale, lowScale, threshold, type } = context.attributes;
  const [high, low, limit] = [highScale, lowScale, threshold].map((name) =>
    arithmetic.parameter(context.parameter(name)),
  ) as [V, V, V];
  const minusScaled = arithmetic.multiply(arithmetic.multiply(m, high), arithmetic.constant(-1n, 0));
  const l = arithmetic.ifNegative(
    arithmetic.add(limit, minusScaled),
    () => l0,
    () => arithmetic.constant(0n, 0),
  );
  const t = arithmetic.cast(arithmetic.multiply(arithmetic.cast(m, type), high), type);
  const y = arithmetic.cast(arithmetic.add(t, arithmetic.multiply(arithmetic.cast(l, type), low)), type);
  return { l, y };
}
