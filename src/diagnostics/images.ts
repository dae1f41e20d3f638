/** Images and labels (src/model/images.ts). */
import { didYouMean, error } from "./diagnostic.ts";

export const inputsType = (path: string, dtype: string) =>
  error(
    "inputs-type",
    path,
    `the array holds ${dtype}, but inputs are integers`,
    "Save raw integers: value * 2^fraction of the model's input type (uint8 pixels as they are).",
  );

export const inputsShape = (path: string, actual: readonly number[], wanted: readonly number[]) =>
  error(
    "inputs-shape",
    path,
    `the array has the shape [${actual.join(", ")}], but the model takes [N, ${wanted.join(", ")}]`,
    "Images are (N, channels, height, width), as PyTorch has them; N is 1 for a single one.",
  );

export const inputsEmpty = (path: string) =>
  error("inputs-empty", path, "there are no images in the array", "Save at least one image.");

export const inputRange = (path: string, image: number, value: string, type: string) =>
  error(
    "input-range",
    path,
    `image ${image} has the value ${value}, which ${type} does not hold`,
    "Save raw integers of the model's input type.",
  );

export const labelsOfMap = (path: string, shape: readonly number[]) =>
  error(
    "labels-of-map",
    path,
    `the model's output is a map ${shape.join(" x ")}, which is no class`,
    "Leave the labels out.",
  );

export const labelsType = (path: string, dtype: string) =>
  error(
    "labels-type",
    path,
    `the array holds ${dtype}, but labels are integers`,
    "Save a class for each image, from 0.",
  );

export const labelsShape = (path: string, actual: readonly number[], images: number) =>
  error(
    "labels-shape",
    path,
    `the labels have the shape [${actual.join(", ")}], but there are ${images} images`,
    "Labels are one integer for each image.",
  );

export const labelRange = (path: string, image: number, label: string, classes: number) =>
  error(
    "label-range",
    path,
    `the label of image ${image} is ${label}, but the model knows the classes ${Number.isFinite(classes) ? `0 to ${classes - 1}` : "from 0 on"}`,
    "Labels are classes of this model, counted from 0.",
  );

export const unknownTap = (path: string, name: string, nearest: string | undefined) =>
  error(
    "unknown-tap",
    path,
    `there is no node "${name}" to tap`,
    didYouMean(nearest, "Name a node of the model, or NODE.high and NODE.low of a gated-conv2d (docs/ir.md)."),
  );
