/** What a layer computes on real numbers: where `bitloom quantize` starts from. docs/quantize.md. */
import type { z } from "zod";
import { signedInteger } from "./data-type.ts";
import type { Attributes, Stream } from "./graph.ts";
import type { Layer, LayerContext } from "./layer.ts";
import type { Parameter } from "./parameter.ts";

/** The real values of a tensor, row-major, whatever integers stand for them. */
export type ValuesOf = (parameter: Parameter) => Float64Array;

/** Computes one image: values of the inputs, channel-major, to values of the output. */
export type EvaluateReal = (inputs: readonly Float64Array[]) => Float64Array;

/**
 * What may be said about the type of a result: it is `open` while the attribute `type` is left out, `given` if it has few bits
 * already, `exact` (a sum as wide as it comes), or `same`, since values of the inputs pass as they are.
 */
export type ResultType = "open" | "given" | "exact" | "same";

export interface Real<A> {
  /** The attributes with types left open, where the layer demands them otherwise. */
  readonly attributes?: z.ZodType<Attributes>;
  readonly resultType: (attributes: A) => ResultType;
  /** True if it may read an exact sum: a chain of elementwise layers rounds only once, at its end. */
  readonly readsExact: boolean;
  /** True if an attribute is a raw of the input's type, which then has to be given. */
  readonly holdsRaws?: (attributes: A) => boolean;
  /** Casts to a `type` that the attributes give are done: the network was trained with them. Sums are exact all the same. */
  evaluate(context: LayerContext<A>, output: Stream, valuesOf: ValuesOf): EvaluateReal;
}

/** By a reference that does nothing that needs integers: it moves, compares or adds values. */
export function realByReference<A>(reference: Layer<A>["reference"]): Real<A>["evaluate"] {
  const type = signedInteger(32);
  return (context, { shape }) => {
    const inputs = context.inputs.map((stream) => ({ shape: stream.shape, type }));
    const evaluate = reference({ ...context, inputs }, { shape, type });
    return (values) => evaluate(values.map((data, i) => ({ ...(inputs[i] as Stream), data }))).data as Float64Array;
  };
}
