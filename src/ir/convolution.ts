/** What all convolutions share: geometry and checks. */
import { groupsDivide, outOfRange, tensorShape } from "../diagnostics.ts";
import type { Padding } from "./attributes.ts";
import { checkPerOutput, checkWindow, inputOf } from "./checks.ts";
import { formatType, maxRaw, minRaw } from "./data-type.ts";
import type { LayerContext, Report } from "./layer.ts";
import type { Window } from "./window.ts";
import { slidingWindow } from "./window.ts";

export interface Convolution {
  /** Name of the weights, `[O, C / groups, KH, KW]`. */
  readonly weight: string;
  readonly bias?: string | undefined;
  readonly stride: readonly [number, number];
  readonly padding: Padding;
  readonly groups: number;
}

type Context = LayerContext<Convolution>;

export function convolutionWindow(context: Context): Window {
  const { weight, stride, padding } = context.attributes;
  const [, , kernelHeight, kernelWidth] = context.parameter(weight).shape as [number, number, number, number];
  return slidingWindow(inputOf(context).shape, [kernelHeight, kernelWidth], stride, padding);
}

/** True if the weights, groups, bias and padding fit the input; reports what does not. */
export function checkConvolution(context: Context, report: Report): boolean {
  let sound = true;
  const note: Report = (diagnostic) => {
    sound = false;
    report(diagnostic);
  };
  const { weight: name, bias, groups, padding } = context.attributes;
  const [channels] = inputOf(context).shape;
  const { shape } = context.parameter(name);
  if (channels % groups !== 0) note(groupsDivide(`${context.path}.attributes.groups`, groups, channels, "input"));
  if (shape.length !== 4 || shape[1] !== channels / groups)
    note(tensorShape(`${context.path}.attributes.weight`, shape, `[outputs, ${channels / groups}, height, width]`));
  if (!sound) return false;
  const outputs = shape[0] as number;
  if (outputs % groups !== 0) note(groupsDivide(`${context.path}.attributes.groups`, groups, outputs, "output"));
  if (bias !== undefined) checkPerOutput(context, "bias", bias, outputs, note);
  checkWindow(context, convolutionWindow(context), padding, note);
  checkPaddingValue(context, note);
  return sound;
}

function checkPaddingValue(context: Context, report: Report): void {
  const { value } = context.attributes.padding;
  const { type } = inputOf(context);
  if (value === "absent") return;
  const inside =
    type.kind === "bipolar"
      ? value === 1 || value === -1
      : BigInt(value) >= minRaw(type) && BigInt(value) <= maxRaw(type);
  if (!inside) report(outOfRange(`${context.path}.attributes.padding.value`, String(value), formatType(type)));
}
