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
  gate: Gate = scaledGate,
): { l: V; y: V } {
  const { highScale, lowScale, type } = context.attributes;
  const [high, low] = [highScale, lowScale].map((name) => arithmetic.parameter(context.parameter(name))) as [V, V];
  const l = gate(arithmetic, context, m, l0);
  const t = arithmetic.cast(arithmetic.multiply(arithmetic.cast(m, type), high), type);
  const y = arithmetic.cast(arithmetic.add(t, arithmetic.multiply(arithmetic.cast(l, type), low)), type);
  return { l, y };
}

/** L0 where highScale * M passes the threshold, else 0. */
type Gate = <V>(arithmetic: Arithmetic<V>, context: LayerContext<GatedConv2d>, m: V, l0: V) => V;

const scaledGate: Gate = (arithmetic, context, m, l0) => {
  const { highScale, threshold } = context.attributes;
  const [high, limit] = [highScale, threshold].map((name) => arithmetic.parameter(context.parameter(name))) as [
    typeof m,
    typeof m,
  ];
  return arithmetic.ifNegative(
    arithmetic.add(limit, arithmetic.multiply(arithmetic.multiply(m, high), arithmetic.constant(-1n, 0))),
    () => l0,
    () => arithmetic.constant(0n, 0),
  );
};

/** The same with one comparison of integers: highScale * M > t is M > floor(t / highScale) if the scale is positive. */
export const integerGate: Gate = (arithmetic, context, m, l0) => {
  const limit = integerLimit(context);
  if (!limit) return scaledGate(arithmetic, context, m, l0);
  return arithmetic.ifNegative(
    arithmetic.add(m, arithmetic.parameter(limit)),
    () => arithmetic.constant(0n, 0),
    () => l0,
  );
};

/** The number that makes of an M that does not pass a negative one. */
function integerLimit({ attributes, parameter }: LayerContext<GatedConv2d>): Parameter | undefined {
  const [scale, threshold] = [parameter(attributes.highScale), parameter(attributes.threshold)];
  const divisor = rawAt(scale, 0);
  if (divisor <= 0n) return undefined;
  const shift = BigInt(numeric(threshold.type).fraction - numeric(scale.type).fraction);
  const [up, down] = shift < 0n ? [-shift, 0n] : [0n, shift];
  const limits = Array.from(
    { length: threshold.data.length },
    (_, i) => -1n - divideRounded(rawAt(threshold, i) << up, divisor << down, "AP_TRN"),
  );
  const type = signedInteger(64);
  if (limits.some((limit) => limit < minRaw(type) || limit > maxRaw(type))) return undefined;
  return { encoding: "fixed", shape: [limits.length], type, data: BigInt64Array.from(limits) };
}
