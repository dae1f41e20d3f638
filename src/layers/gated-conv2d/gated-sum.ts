import type { Arithmetic } from "../../ir/arithmetic.ts";
import { divideRounded } from "../../ir/cast.ts";
import { maxRaw, minRaw, numeric, signedInteger } from "../../ir/data-type.ts";
import type { LayerContext } from "../../ir/layer.ts";
import type { Parameter } from "../../ir/parameter.ts";
import { rawAt } from "../../ir/parameter.ts";
import type { GatedConv2d } from "./index.ts";

/** From the sums M and L0 of the two planes to L and y: docs/ir.md "gated-conv2d". */
export function gatedSum<V>(
  arithmetic: Arithmetic<V>,
  context: LayerContext<GatedConv2d>,
  m: V,
  l0: V,
  gate: (arithmetic: Arithmetic<V>, context: LayerContext<GatedConv2d>, m: V) => V = scaledGate,
): { l: V; y: V } {
  const { highScale, lowScale, type } = context.attributes;
  const [high, low] = [highScale, lowScale].map((name) => arithmetic.parameter(context.parameter(name))) as [V, V];
  const l = arithmetic.ifNegative(
    gate(arithmetic, context, m),
    () => l0,
    () => arithmetic.constant(0n, 0),
  );
  const t = arithmetic.cast(arithmetic.multiply(arithmetic.cast(m, type), high), type);
  const y = arithmetic.cast(arithmetic.add(t, arithmetic.multiply(arithmetic.cast(l, type), low)), type);
  return { l, y };
}

/** Negative where highScale * M passes the threshold. */
function scaledGate<V>(arithmetic: Arithmetic<V>, context: LayerContext<GatedConv2d>, m: V): V {
  const { highScale, threshold } = context.attributes;
  const [high, limit] = [highScale, threshold].map((name) => arithmetic.parameter(context.parameter(name))) as [V, V];
  return arithmetic.add(limit, negated(arithmetic, arithmetic.multiply(m, high)));
}

/** The same with one comparison of integers: highScale * M > t is M > floor(t / highScale) if the scale is positive. */
export function integerGate<V>(arithmetic: Arithmetic<V>, context: LayerContext<GatedConv2d>, m: V): V {
  const limit = integerLimit(context);
  if (!limit) return scaledGate(arithmetic, context, m);
  return arithmetic.add(arithmetic.parameter(limit), negated(arithmetic, m));
}

const negated = <V>(arithmetic: Arithmetic<V>, x: V): V => arithmetic.multiply(x, arithmetic.constant(-1n, 0));

function integerLimit({ attributes, parameter }: LayerContext<GatedConv2d>): Parameter | undefined {
  const [scale, threshold] = [parameter(attributes.highScale), parameter(attributes.threshold)];
  const divisor = rawAt(scale, 0);
  if (divisor <= 0n) return undefined;
  const shift = BigInt(numeric(threshold.type).fraction - numeric(scale.type).fraction);
  const [up, down] = shift < 0n ? [-shift, 0n] : [0n, shift];
  const limits = Array.from({ length: threshold.data.length }, (_, i) =>
    divideRounded(rawAt(threshold, i) << up, divisor << down, "AP_TRN"),
  );
  const type = signedInteger(64);
  if (limits.some((limit) => limit < minRaw(type) || limit > maxRaw(type))) return undefined;
  return { encoding: "fixed", shape: [limits.length], type, data: BigInt64Array.from(limits) };
}
