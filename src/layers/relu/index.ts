import { z } from "zod";
import { cast } from "../../ir/attributes.ts";
import { elementwise } from "../../ir/elementwise.ts";

const attributes = z.strictObject({ type: cast.optional() });
type Relu = z.output<typeof attributes>;

export const relu = elementwise<Relu>({
  kind: "relu",
  summary: "y = cast(max(x, 0))",
  attributes,
  arity: [1, 1],
  parameters: () => ({}),
  check: () => undefined,
  castOf: ({ type }) => type,
  formula(arithmetic, { attributes: { type } }, [x]) {
    const positive = arithmetic.ifNegative(
      x,
      // Zero, at the fraction of x: an exact result needs no more bits than x.
      (below) => arithmetic.multiply(below, arithmetic.constant(0n, 0)),
      (above) => above,
    );
    return arithmetic.cast(positive, type);
  },
});
