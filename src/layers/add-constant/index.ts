import { z } from "zod";
import { cast, tensorName } from "../../ir/attributes.ts";
import { checkPerChannel } from "../../ir/checks.ts";
import { elementwise } from "../../ir/elementwise.ts";

const attributes = z.strictObject({ constant: tensorName, type: cast.optional() });
type AddConstant = z.output<typeof attributes>;

export const addConstant = elementwise<AddConstant>({
  kind: "add-constant",
  summary: "y = cast(x + constant), per channel",
  attributes,
  arity: [1, 1],
  parameters: ({ constant }) => ({ constant }),
  check: (context, report) => checkPerChannel(context, "constant", context.attributes.constant, report),
  castOf: ({ type }) => type,
  formula: (arithmetic, { attributes: { constant, type }, parameter }, [x]) =>
    arithmetic.cast(arithmetic.add(x, arithmetic.parameter(parameter(constant))), type),
});
