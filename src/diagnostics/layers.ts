/** What is wrong with a node's tensors, types and shapes (src/layers). */
import { error } from "./diagnostic.ts";

export const tensorShape = (path: string, actual: readonly number[], expected: string) =>
  error(
    "tensor-shape",
    path,
    `the tensor has the shape [${actual.join(", ")}], but the layer needs ${expected}`,
    "Transpose or reshape the tensor, or correct the attribute that refers to it.",
  );

export const tensorEncoding = (path: string, actual: string, expected: string) =>
  error(
    "tensor-encoding",
    path,
    `the tensor is ${actual}, but the layer needs ${expected}`,
    "Store the tensor in the encoding that the layer needs (docs/model-format.md).",
  );

export const thresholdOrder = (path: string, channel: number) =>
  error(
    "threshold-order",
    path,
    `the thresholds of channel ${channel} are not ascending`,
    "Sort each channel's thresholds.",
  );

export const inputType = (path: string, actual: string, expected: string) =>
  error(
    "input-type",
    path,
    `the input is ${actual}, but the layer needs ${expected}`,
    "Insert a quantize node before it, or change the type of its producer.",
  );

export const inputShape = (path: string, actual: readonly number[], expected: string) =>
  error(
    "input-shape",
    path,
    `the input has the shape [${actual.join(", ")}], but the layer needs ${expected}`,
    "Check the layer before this one.",
  );

export const inputsDiffer = (path: string, what: string, a: string, b: string) =>
  error(
    "inputs-differ",
    path,
    `the inputs must have the same ${what}, but one has ${a} and another ${b}`,
    "Bring them to the same form with a quantize, conv2d or average-pool node.",
  );

export const windowTooLarge = (path: string, window: string, map: string) =>
  error(
    "window-too-large",
    path,
    `the window ${window} does not fit into the padded map ${map}`,
    "Use a smaller kernel or more padding.",
  );

export const paddingTooLarge = (path: string, padding: number, kernel: number) =>
  error(
    "padding-too-large",
    path,
    `padding ${padding} is not smaller than the kernel (${kernel}), so some windows would be all padding`,
    "Use a padding smaller than the kernel.",
  );

export const groupsDivide = (path: string, groups: number, channels: number, which: string) =>
  error(
    "groups-divide",
    path,
    `groups ${groups} does not divide the ${channels} ${which} channels`,
    "Choose a number of groups that divides both channel counts.",
  );

export const widthLimit = (path: string, width: number) =>
  error(
    "width-limit",
    path,
    `the exact result needs ${width} bits, more than the 64 that a stream can carry`,
    "Give the node a `type` (or an `accumulator`) that rounds or saturates it.",
  );

export const attributeValue = (path: string, message: string, hint: string) =>
  error("attribute-value", path, message, hint);

export const outOfRange = (path: string, value: string, type: string) =>
  error(
    "out-of-range",
    path,
    `${value} is outside the range of ${type}`,
    "Use a value that the type holds, or a wider type.",
  );
