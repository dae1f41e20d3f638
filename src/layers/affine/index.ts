import { z } from "zod";
import { cast, tensorName } from "../../ir/attributes.ts";
import { checkPerChannel } from "../../ir/checks.ts";
import { elementwise } from "../../ir/elementwise.ts";

const attributes = z.strictObject({ scale: tensorName, bias: tensorName, type: cast.optional() });
type Affine = z.output<typeof attributes>;

export const affine = elementwise<Affine>({
  kind: "affine",
  summary: "y = cast(scale * x + bias), per channel: folded batch normalisation",
  attributes,
  arity: [1, 1],
  parameters: ({ scale, bias }) => ({ scale, bias }),
  check: (context, report) => {
    checkPerChannel(context, "scale", context.attributes.scale, report);
    checkPerChannel(context, "bias", context.attributes.bias, report);
  },
  castOf: ({ type }) => type,
  formula(arithmetic, { attributes: { scale, bias, type }, parameter }, [x]) {
    const scaled = arithmetic.multiply(x, arithmetic.parameter(parameter(scale)));
    return arithmetic.cast(arithmetic.add(scaled, arithmetic.parameter(parameter(bias))), type);
  },
});
