/** Finds out whether a formula gives one of its operands as it is. */
import type { Arithmetic } from "../ir/arithmetic.ts";
import type { Cast } from "../ir/cast.ts";
import { isFixedCast } from "../ir/cast.ts";
import { sameType } from "../ir/data-type.ts";
import type { Attributes, Stream } from "../ir/graph.ts";
import type { Layer, LayerContext } from "../ir/layer.ts";
import { operands } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Range } from "../ir/range.ts";
import { fullRange, highest, lowest } from "../ir/range.ts";
import { fitsWithoutOverflow, RangeArithmetic } from "../ir/range-arithmetic.ts";

/** The index of the input whose values, in the same type, leave the node; undefined if it does anything. */
export function passedThrough(layer: Layer, context: LayerContext<Attributes>, output: Stream): number | undefined {
  const inputs = context.inputs.map(
    ({ type, shape }, operand): Traced => ({
      operand,
      bipolar: type.kind === "bipolar",
      range: fullRange(type, shape[0]),
    }),
  );
  const operand = layer.formula?.(new Tracing(output.shape[0]), context, operands(inputs)).operand;
  return operand !== undefined && sameType((context.inputs[operand] as Stream).type, output.type) ? operand : undefined;
}

/** A value in a formula: its range, and the operand that it is equal to. */
interface Traced {
  readonly range: Range;
  readonly operand?: number | undefined;
  readonly bipolar?: boolean | undefined;
}

class Tracing implements Arithmetic<Traced> {
  private readonly ranges: RangeArithmetic;

  constructor(channels: number) {
    this.ranges = new RangeArithmetic(channels);
  }

  parameter(parameter: Parameter): Traced {
    return { range: this.ranges.parameter(parameter) };
  }

  constant(raw: bigint, fraction: number): Traced {
    return { range: this.ranges.constant(raw, fraction) };
  }

  add(a: Traced, b: Traced): Traced {
    if (isConstant(b.range, 0n)) return a;
    return isConstant(a.range, 0n) ? b : { range: this.ranges.add(a.range, b.range) };
  }

  multiply(a: Traced, b: Traced): Traced {
    if (isConstant(b.range, 1n)) return a;
    return isConstant(a.range, 1n) ? b : { range: this.ranges.multiply(a.range, b.range) };
  }

  ifNegative(x: Traced, negative: (x: Traced) => Traced, otherwise: (x: Traced) => Traced): Traced {
    if (lowest(x.range) >= 0n) return otherwise(x);
    if (highest(x.range) < 0n) return negative(x);
    const [n, o] = [negative(x), otherwise(x)];
    const range = this.ranges.ifNegative(
      x.range,
      () => n.range,
      () => o.range,
    );
    return n.operand === o.operand ? { ...n, range } : { range };
  }

  countThresholds(x: Traced, thresholds: Parameter): Traced {
    return { range: this.ranges.countThresholds(x.range, thresholds) };
  }

  lookup(x: Traced, table: Parameter, low: bigint): Traced {
    return { range: this.ranges.lookup(x.range, table, low) };
  }

  cast(x: Traced, cast: Cast | undefined): Traced {
    if (!cast) return x;
    const range = this.ranges.cast(x.range, cast);
    return keepsEverything(x, cast) ? { ...x, range } : { range };
  }
}

/** Whether every channel is the integer. */
function isConstant({ low, high, fraction }: Range, value: bigint): boolean {
  const [scaled, unit] = fraction < 0 ? [value, 1n << BigInt(-fraction)] : [value << BigInt(fraction), 1n];
  return low.every((raw, c) => raw === high[c] && raw * unit === scaled);
}

function keepsEverything({ range, bipolar }: Traced, cast: Cast): boolean {
  if (!isFixedCast(cast)) return bipolar === true;
  const fits = range.low.every((low, c) => fitsWithoutOverflow([low, range.high[c] as bigint], range.fraction, cast));
  return fits && cast.type.fraction >= range.fraction;
}
