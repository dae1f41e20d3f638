/** Builds the layer of an elementwise kind from its formula: type, meaning and range all follow from that one definition. */

import { widthLimit } from "../diagnostics.ts";
import type { Cast } from "./cast.ts";
import { compileFormula } from "./compiled-formula.ts";
import { MAX_WIDTH } from "./data-type.ts";
import { elementwiseHardware } from "./elementwise-hardware.ts";
import type { Stream } from "./graph.ts";
import type { Evaluate, Formula, Layer, LayerContext, Report } from "./layer.ts";
import { operands } from "./layer.ts";
import type { Range } from "./range.ts";
import { fullRange, typeOfRange } from "./range.ts";
import { RangeArithmetic } from "./range-arithmetic.ts";
import type { Shape } from "./tensor.ts";
import { storeRaws } from "./tensor.ts";

export interface Elementwise<A> extends Pick<Layer<A>, "kind" | "summary" | "attributes" | "arity" | "parameters"> {
  /** Reports what is wrong with tensors and inputs. */
  check(context: LayerContext<A>, report: Report): void;
  /** The cast that ends the formula, if there is one. */
  castOf(attributes: A): Cast | undefined;
  readonly formula: Formula<A>;
}

export function elementwise<A>(kind: Elementwise<A>): Layer<A> & { readonly formula: Formula<A> } {
  return {
    ...kind,
    infer: (context, report) => inferStream(kind, context, report),
    reference: (context, output) => reference(kind, context, output),
    range: (context, output, inputs) => kind.formula(new RangeArithmetic(output.shape[0]), context, operands(inputs)),
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
