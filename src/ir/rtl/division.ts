/** Divides a signal by a constant and casts: the exact quotient is rounded once. */

import type { FixedCast, Rounding } from "../cast.ts";
import { greatest, least } from "../extremes.ts";
import type { LinearForm } from "./linear-form.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import type { Ratio } from "./reciprocal.ts";
import { reciprocal, roundingOffset } from "./reciprocal.ts";
import type { SvArithmetic, SvValue } from "./sv-arithmetic.ts";

/** cast(x / divisor) of a signed `x` of that fraction. */
export function divided(
  arithmetic: SvArithmetic,
  pipeline: Pipeline,
  { x, fraction, divisor }: { x: Signal; fraction: number; divisor: number },
  cast: FixedCast,
): SvValue {
  const { type, rounding, overflow } = cast;
  const shift = type.fraction - fraction;
  const ratio = reduced(1n << BigInt(Math.max(shift, 0)), BigInt(divisor) << BigInt(Math.max(-shift, 0)));
  const offset = roundingOffset(rounding, false, ratio.denominator);
  // AP_WRAP_SM looks at the number before it is rounded.
  if (offset !== undefined && (overflow !== "AP_WRAP_SM" || rounding === "AP_TRN"))
    return arithmetic.cast(quotient(x, ratio, rounding, type.fraction), { ...cast, rounding: "AP_TRN" });
  // One bit more, and one that is set where anything is left over: so the cast rounds as it would round the exact quotient.
  const twice = reduced(ratio.numerator * 2n, ratio.denominator);
  const floor = arithmetic.signal(quotient(x, twice, "AP_TRN", 0));
  const ceiling = arithmetic.signal(quotient(x, twice, "AP_CEIL", 0));
  const time = Math.max(floor.time, ceiling.time);
  const [below, above] = [pipeline.at(floor, time), pipeline.at(ceiling, time, 0, 1)];
  const [low, high] = [2n * floor.low, 2n * floor.high + 1n];
  const shape = { width: floor.width + 1, signed: true, time, low, high };
  const sticky = pipeline.wire(shape, `{${below}, ${below}[0] ^ ${above}[0]}`);
  return arithmetic.cast(arithmetic.value(sticky, { fraction: type.fraction + 2, low: [low], high: [high] }), cast);
}

/** The numerator is a power of two. */
function reduced(numerator: bigint, denominator: bigint): Ratio {
  const halves = numerator > 1n && denominator % 2n === 0n;
  return halves ? reduced(numerator / 2n, denominator / 2n) : { numerator, denominator };
}

/** The rounded quotient, as a number with that fraction. The sign of x chooses where the rounding depends on it. */
function quotient(x: Signal, ratio: Ratio, rounding: Rounding | "AP_CEIL", fraction: number): SvValue {
  const offsetOf = (negative: boolean) =>
    rounding === "AP_CEIL" ? ratio.denominator - 1n : (roundingOffset(rounding, negative, ratio.denominator) as bigint);
  const sides = [
    { low: greatest([x.low, 0n]), high: x.high, offset: offsetOf(false) },
    { low: x.low, high: least([x.high, -1n]), offset: offsetOf(true) },
  ];
  const { factor, drop, biases } = reciprocal(
    ratio,
    sides.filter(({ low, high }) => low <= high),
  );
  const different = biases.length === 2 && biases[0] !== biases[1];
  const offset = different ? biases : biases.slice(0, 1);
  const form: LinearForm = {
    terms: [{ signal: x, factors: offset.map(() => factor) }],
    ...{ offset, drop },
    ...(different && { choice: x }),
  };
  const at = (raw: bigint, bias: bigint) => (raw * factor + bias) >> BigInt(drop);
  const range = { fraction, low: [at(x.low, biases.at(-1) as bigint)], high: [at(x.high, biases[0] as bigint)] };
  return { form, range };
}
