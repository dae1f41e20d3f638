import { z } from "zod";
import { attributeValue, tensorShape, thresholdOrder } from "../../diagnostics.ts";
import { cast, tensorName } from "../../ir/attributes.ts";
import { inputOf } from "../../ir/checks.ts";
import type { DataType } from "../../ir/data-type.ts";
import { formatType, maxRaw } from "../../ir/data-type.ts";
import type { ElementwiseLayer } from "../../ir/elementwise.ts";
import { elementwise } from "../../ir/elementwise.ts";
import type { LayerContext, Report } from "../../ir/layer.ts";
import type { Parameter } from "../../ir/parameter.ts";
import { rawAt } from "../../ir/parameter.ts";

const form = z.strictObject({ thresholds: tensorName.optional(), type: cast.optional() });
const attributes = form.refine(
  ({ thresholds, type }) => thresholds !== undefined || type !== undefined,
  "needs `type`, `thresholds` or both",
);
type Quantize = z.output<typeof attributes>;

const cuts = elementwise<Quantize>({
  kind: "quantize",
  summary: "y = cast(x), or the number of thresholds <= x",
  attributes,
  arity: [1, 1],
  parameters: ({ thresholds }) => ({ thresholds }),
  check,
  castOf: ({ type }) => type,
  formula(arithmetic, { attributes: { thresholds, type }, parameter }, [x]) {
    if (thresholds === undefined) return arithmetic.cast(x, type);
    const count = arithmetic.countThresholds(x, parameter(thresholds));
    if (type?.type.kind !== "bipolar") return arithmetic.cast(count, type);
    return arithmetic.cast(arithmetic.add(count, arithmetic.constant(-1n, 0)), type);
  },
});

export const quantize: ElementwiseLayer<Quantize> = {
  ...cuts,
  real: {
    ...cuts.real,
    attributes: form,
    // A code has the type that its thresholds need.
    resultType: ({ thresholds, type }) => (thresholds === undefined && type === undefined ? "open" : "given"),
  },
};

function check(context: LayerContext<Quantize>, report: Report): void {
  const { thresholds: name, type } = context.attributes;
  if (name === undefined) return;
  const thresholds = context.parameter(name);
  const count = checkShape(context, thresholds, report);
  if (count === undefined) return;
  checkOrder(context, thresholds, count, report);
  if (type) checkCode(context, type.type, count, report);
}

/** `[N]`, `[1, N]` or `[channels, N]`; gives N. */
function checkShape(context: LayerContext<Quantize>, { shape }: Parameter, report: Report): number | undefined {
  const [channels] = inputOf(context).shape;
  const rows = shape.length === 1 ? 1 : shape[0];
  if (shape.length >= 1 && shape.length <= 2 && (rows === 1 || rows === channels)) return shape.at(-1);
  report(tensorShape(`${context.path}.attributes.thresholds`, shape, `[N], [1, N] or [${channels}, N]`));
  return undefined;
}

function checkOrder(context: LayerContext<Quantize>, thresholds: Parameter, count: number, report: Report): void {
  const { data } = thresholds;
  const wrong = data.findIndex((_, i) => i % count !== 0 && rawAt(thresholds, i) < rawAt(thresholds, i - 1));
  if (wrong >= 0) report(thresholdOrder(`${context.path}.attributes.thresholds`, Math.floor(wrong / count)));
}

function checkCode(context: LayerContext<Quantize>, type: DataType, count: number, report: Report): void {
  const holds =
    type.kind === "bipolar" ? count === 1 : !type.signed && type.fraction === 0 && maxRaw(type) >= BigInt(count);
  if (holds) return;
  const hint = "Leave `type` out, use an ap_uint that is wide enough, or bipolar for a single threshold.";
  report(
    attributeValue(`${context.path}.attributes.type`, `${formatType(type)} cannot hold the codes 0 to ${count}`, hint),
  );
}
