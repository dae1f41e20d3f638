/** Builds the layer of an elementwise kind from its formula: type, meaning and range all follow from that one definition. */

import { widthLimit } from "../diagnostics.ts";
import type { Cast, FixedCast } from "./cast.ts";
import { isFixedCast } from "./cast.ts";
import { inputOf } from "./checks.ts";
import { compileFormula } from "./compiled-formula.ts";
import type { FixedType } from "./data-type.ts";
import { formatType, MAX_WIDTH } from "./data-type.ts";
import { elementwiseHardware } from "./elementwise-hardware.ts";
import type { Stream } from "./graph.ts";
import type { Evaluate, Formula, Layer, LayerContext, Report } from "./layer.ts";
import { operands } from "./layer.ts";
import { CastWatch, narrowCast } from "./narrowing.ts";
import type { Range } from "./range.ts";
import { fullRange, typeOfRange } from "./range.ts";
import { RangeArithmetic } from "./range-arithmetic.ts";
import type { Real } from "./real.ts";
import { RealArithmetic } from "./real-arithmetic.ts";
import type { Shape } from "./tensor.ts";
import { storeRaws } from "./tensor.ts";

export interface Elementwise<A> extends Pick<Layer<A>, "kind" | "summary" | "attributes" | "arity" | "parameters"> {
  /** Reports what is wrong with tensors and inputs. */
  check(context: LayerContext<A>, report: Report): void;
  /** The cast that ends the formula, if there is one: the attribute `type`. */
  castOf(attributes: A): Cast | undefined;
  readonly formula: Formula<A>;
}

export interface ElementwiseLayer<A> extends Layer<A> {
  readonly formula: Formula<A>;
  readonly real: Real<A>;
}

export function elementwise<A>(kind: Elementwise<A>): ElementwiseLayer<A> {
  return {
    ...kind,
    infer: (context, report) => inferStream(kind, context, report),
    reference: (context, output) => reference(kind, context, output),
    real: realOf(kind),
    range: (context, output, inputs) => kind.formula(new RangeArithmetic(output.shape[0]), context, operands(inputs)),
    narrowed: (context, inputs, keepType) => narrowed(kind, context, inputs, keepType),
    hardware: (context, output) => elementwiseHardware(kind.formula, context, output),
  };
}

function inferStream<A>(kind: Elementwise<A>, context: LayerContext<A>, report: Report): Stream | undefined {
  let sound = true;
  kind.check(context, (diagnostic) => {
    sound = false;
    report(diagnostic);
  });
  if (!sound) return undefined;
  const { shape } = context.inputs[0] as Stream;
  const cast = kind.castOf(context.attributes);
  if (cast) return { shape, type: cast.type };
  const type = typeOfRange(rangeOfTypes(kind, context, shape));
  if (type.width <= MAX_WIDTH) return { shape, type };
  report(widthLimit(context.path, type.width));
  return undefined;
}

/** A result without a cast gets the type of what it can be. */
function narrowed<A>(kind: Elementwise<A>, context: LayerContext<A>, inputs: readonly Range[], keepType: boolean): A {
  const { attributes } = context;
  const cast = kind.castOf(attributes);
  const watch = new CastWatch((inputs[0] as Range).low.length);
  const result = kind.formula(watch, context, operands(inputs));
  if (!cast) return keepType ? attributes : withExactType(kind, context, typeOfRange(result));
  if (!isFixedCast(cast)) return attributes;
  return { ...attributes, type: narrowCast(cast, watch.operands.get(cast) ?? [], keepType) };
}

function withExactType<A>(kind: Elementwise<A>, context: LayerContext<A>, type: FixedType): A {
  const implied = typeOfRange(rangeOfTypes(kind, context, inputOf(context).shape));
  const cast: FixedCast = { type, rounding: "AP_TRN", overflow: "AP_WRAP" };
  return formatType(type) === formatType(implied) ? context.attributes : { ...context.attributes, type: cast };
}

function rangeOfTypes<A>(kind: Elementwise<A>, context: LayerContext<A>, [channels]: Shape): Range {
  const inputs = context.inputs.map(({ type }) => fullRange(type, channels));
  return kind.formula(new RangeArithmetic(channels), context, operands(inputs));
}

function reference<A>(kind: Elementwise<A>, context: LayerContext<A>, output: Stream): Evaluate {
  const types = context.inputs.map(({ type }) => type);
  const compute = compileFormula(output.shape, types, (arithmetic, inputs) => [
    kind.formula(arithmetic, context, operands(inputs)),
  ]);
  return (inputs) => {
    const [result] = compute(inputs.map(({ data }) => data));
    return { ...output, data: storeRaws([result!.data], output.type) };
  };
}

function realOf<A>({ castOf, formula }: Elementwise<A>): Real<A> {
  return {
    resultType: (attributes) => (castOf(attributes) ? "given" : "open"),
    readsExact: true,
    evaluate: (context, { shape }, valuesOf) => {
      const arithmetic = new RealArithmetic(shape, valuesOf);
      return (inputs) => formula(arithmetic, context, operands(inputs));
    },
  };
}
