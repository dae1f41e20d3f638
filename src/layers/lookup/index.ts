import { z } from "zod";
import { attributeValue, tensorShape } from "../../diagnostics.ts";
import { cast, tensorName } from "../../ir/attributes.ts";
import { inputOf } from "../../ir/checks.ts";
import { maxRaw, minRaw } from "../../ir/data-type.ts";
import { elementwise } from "../../ir/elementwise.ts";
import type { LayerContext, Report } from "../../ir/layer.ts";

const attributes = z.strictObject({
  table: tensorName,
  low: z.int().meta({ description: "The raw integer of the input that the first entry stands for" }),
  type: cast.optional(),
});
type Lookup = z.output<typeof attributes>;

const { real: _, ...layer } = elementwise<Lookup>({
  kind: "lookup",
  summary: "y = cast(table[x - low]): any function of a small integer, per channel",
  attributes,
  arity: [1, 1],
  parameters: ({ table }) => ({ table }),
  check,
  castOf: ({ type }) => type,
  formula: (arithmetic, { attributes: { table, low, type }, parameter }, [x]) =>
    arithmetic.cast(arithmetic.lookup(x, parameter(table), BigInt(low)), type),
});

/** A table by raws says nothing about real numbers. */
export const lookup = layer;

function check(context: LayerContext<Lookup>, report: Report): void {
  const { table, low } = context.attributes;
  const { shape, type } = inputOf(context);
  const [channels] = shape;
  const form = context.parameter(table).shape;
  const rows = form.length === 1 ? 1 : form[0];
  const count = form.at(-1) as number;
  if (form.length < 1 || form.length > 2 || (rows !== 1 && rows !== channels))
    report(tensorShape(`${context.path}.attributes.table`, form, `[N], [1, N] or [${channels}, N]`));
  const [least, most] = [minRaw(type), maxRaw(type)];
  if (BigInt(low) <= least && BigInt(low) + BigInt(count) > most) return;
  const covered = `the table has entries for the raws ${low} to ${low + count - 1}, but the input has ${least} to ${most}`;
  report(
    attributeValue(`${context.path}.attributes.low`, covered, "Give the table an entry for every raw of the input."),
  );
}
