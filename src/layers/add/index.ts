import { z } from "zod";
import { cast } from "../../ir/attributes.ts";
import { checkSameShape } from "../../ir/checks.ts";
import { elementwise } from "../../ir/elementwise.ts";

const attributes = z.strictObject({ type: cast.optional() });
type Add = z.output<typeof attributes>;

export const add = elementwise<Add>({
  kind: "add",
  summary: "y = cast(a + b): the join of a shortcut",
  attributes,
  arity: [2, 2],
  parameters: () => ({}),
  check: checkSameShape,
  castOf: ({ type }) => type,
  formula: (arithmetic, { attributes: { type } }, [a, b]) => arithmetic.cast(arithmetic.add(a, b), type),
});
