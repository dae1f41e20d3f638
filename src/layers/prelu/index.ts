import { z } from "zod";
import { cast, tensorName } from "../../ir/attributes.ts";
import { checkPerChannel } from "../../ir/checks.ts";
import { elementwise } from "../../ir/elementwise.ts";

const attributes = z.strictObject({ slope: tensorName, type: cast.optional() });
type Prelu = z.output<typeof attributes>;

export const prelu = elementwise<Prelu>({
  kind: "prelu",
  summary: "y = cast(x < 0 ? slope * x : x), per channel; the slope may be negative",
  attributes,
  arity: [1, 1],
  parameters: ({ slope }) => ({ slope }),
  check: (context, report) => checkPerChannel(context, "slope", context.attributes.slope, report),
  castOf: ({ type }) => type,
  formula(arithmetic, { attributes: { slope, type }, parameter }, [x]) {
    const slopes = arithmetic.parameter(parameter(slope));
    const bent = arithmetic.ifNegative(
      x,
      (below) => arithmetic.multiply(below, slopes),
      (above) => above,
    );
    return arithmetic.cast(bent, type);
  },
});
