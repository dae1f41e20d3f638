/** Checks that several layers make of their tensors and inputs. */
import {
  inputsDiffer,
  inputType,
  paddingTooLarge,
  tensorEncoding,
  tensorShape,
  windowTooLarge,
} from "../diagnostics.ts";
import type { Padding } from "./attributes.ts";
import { formatType } from "./data-type.ts";
import type { Stream } from "./graph.ts";
import type { LayerContext, Report } from "./layer.ts";
import type { Parameter } from "./parameter.ts";
import { formatShape, sameShape } from "./tensor.ts";
import type { Window } from "./window.ts";

type Context = LayerContext<unknown>;

export const inputOf = (context: Context, index = 0): Stream => context.inputs[index] as Stream;

/** `[channels]` or `[1]`. */
export function checkPerChannel(context: Context, attribute: string, name: string, report: Report): void {
  const [channels] = inputOf(context).shape;
  const { shape } = context.parameter(name);
  if (shape.length === 1 && (shape[0] === 1 || shape[0] === channels)) return;
  report(tensorShape(`${context.path}.attributes.${attribute}`, shape, `[${channels}] (one for each channel) or [1]`));
}

/** `[channels]` or `[1]` of the output. */
export function checkPerOutput(
  context: Context,
  attribute: string,
  name: string,
  outputs: number,
  report: Report,
): void {
  const { shape } = context.parameter(name);
  if (shape.length === 1 && (shape[0] === 1 || shape[0] === outputs)) return;
  report(tensorShape(`${context.path}.attributes.${attribute}`, shape, `[${outputs}] (one for each output) or [1]`));
}

export function checkBipolar(context: Context, attribute: string, parameter: Parameter, report: Report): void {
  if (parameter.encoding !== "bipolar")
    report(tensorEncoding(`${context.path}.attributes.${attribute}`, parameter.encoding, "bipolar"));
}

export function checkSameShape(context: Context, report: Report): void {
  const [first, second] = [inputOf(context, 0), inputOf(context, 1)];
  if (!sameShape(first.shape, second.shape))
    report(inputsDiffer(`${context.path}.inputs`, "shape", formatShape(first.shape), formatShape(second.shape)));
}

export function checkUnsignedInteger(context: Context, report: Report): void {
  const { type } = inputOf(context);
  if (type.kind === "bipolar" || type.signed || type.fraction !== 0)
    report(inputType(`${context.path}.inputs[0]`, formatType(type), "an unsigned integer such as ap_uint<8>"));
}

/** The window must fit, and must touch the map wherever it stands. */
export function checkWindow(context: Context, window: Window, padding: Padding, report: Report): void {
  const [, height, width] = inputOf(context).shape;
  const [kernelHeight, kernelWidth] = window.kernel;
  const path = `${context.path}.attributes`;
  if (window.output[0] < 1 || window.output[1] < 1) {
    const map = `${height + padding.top + padding.bottom}x${width + padding.left + padding.right}`;
    report(windowTooLarge(path, `${kernelHeight}x${kernelWidth}`, map));
  }
  for (const side of ["top", "bottom"] as const)
    if (padding[side] >= kernelHeight) report(paddingTooLarge(`${path}.padding.${side}`, padding[side], kernelHeight));
  for (const side of ["left", "right"] as const)
    if (padding[side] >= kernelWidth) report(paddingTooLarge(`${path}.padding.${side}`, padding[side], kernelWidth));
}
