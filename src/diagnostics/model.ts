/** What is wrong with a model file (src/model). */
import { didYouMean, error } from "./diagnostic.ts";

// The text and the structure of a model (src/model)

export const modelInFolder = (path: string, model: string) =>
  error("model-folder", path, "this is a folder, not a model", `The model in it is ${model}.`);

export const jsonSyntax = (path: string, problem: string) =>
  error("json-syntax", path, `not valid JSON: ${problem}`, "Correct the text at this line and column.");

export const duplicateKey = (path: string, key: string) =>
  error("duplicate-key", path, `the key "${key}" stands twice in one object`, "Remove or rename one of the two.");

export const unknownFormat = (path: string, actual: string) =>
  error(
    "unknown-format",
    path,
    `${actual} is not Bitloom's format`,
    'A model has "format": "bitloom" (docs/model-format.md).',
  );

export const unknownVersion = (path: string, actual: string) =>
  error(
    "unknown-version",
    path,
    `version ${actual} of the format is not known`,
    "This Bitloom reads version 1; a newer one may read your file.",
  );

export const missingKey = (path: string) => error("missing-key", path, "is missing", "Add it (docs/model-format.md).");

export const unknownKey = (path: string, nearest: string | undefined) =>
  error("unknown-key", path, "is not known here", didYouMean(nearest, "Remove it (docs/model-format.md)."));

export const invalidValue = (path: string, problem: string) =>
  error("invalid-value", path, problem, "docs/model-format.md says what may stand here.");

// Names, nodes and edges of a model (src/model)

export const unknownKind = (path: string, kind: string, nearest: string | undefined) =>
  error(
    "unknown-kind",
    path,
    `there is no layer kind "${kind}"`,
    didYouMean(nearest, "docs/model-format.md lists the layer kinds."),
  );

export const invalidName = (path: string, name: string, why: string) =>
  error("invalid-name", path, `"${name}" cannot be a name: ${why}`, "Choose another name, such as one with a suffix.");

export const duplicateName = (path: string, name: string, other: string) =>
  error("duplicate-name", path, `the name "${name}" is already taken by ${other}`, "Rename one of the two.");

export const unknownInput = (path: string, name: string, nearest: string | undefined) =>
  error(
    "unknown-input",
    path,
    `there is no node and no input "${name}"`,
    didYouMean(nearest, "Name an earlier node or the input of the model."),
  );

export const laterInput = (path: string, name: string, place: string) =>
  error(
    "later-input",
    path,
    `"${name}" is defined later, at ${place}`,
    "Sort the nodes so that each stands after its inputs.",
  );

export const cycle = (path: string, names: readonly string[]) =>
  error(
    "cycle",
    path,
    `the nodes form a cycle: ${names.join(" -> ")}`,
    "Break the cycle; recurrent networks are not supported.",
  );

export const inputCount = (path: string, actual: number, expected: string) =>
  error(
    "input-count",
    path,
    `the node has ${actual} inputs, but its kind takes ${expected}`,
    "Correct the list of inputs.",
  );

export const unknownOutput = (path: string, name: string, nearest: string | undefined) =>
  error(
    "unknown-output",
    path,
    `there is no node "${name}"`,
    didYouMean(nearest, "Name the node whose result is wanted."),
  );

export const unusedNode = (path: string, name: string) =>
  error("unused-node", path, `nothing reads "${name}"`, "Remove it, read it, or make it the output of the model.");

export const unusedTensor = (path: string, name: string) =>
  error("unused-tensor", path, `no node uses the tensor "${name}"`, "Remove it, or name it in an attribute.");

export const unknownTensor = (path: string, name: string, nearest: string | undefined) =>
  error("unknown-tensor", path, `there is no tensor "${name}"`, didYouMean(nearest, "Add it to `tensors`."));

export const tooLarge = (path: string, what: string, limit: number) =>
  error(
    "too-large",
    path,
    `${what}, more than the limit of ${limit}`,
    "Check the shape; a network of this size fits no device.",
  );

// Elements of a tensor (src/model)

export const elementCount = (path: string, actual: number, expected: number) =>
  error(
    "element-count",
    path,
    `has ${actual} elements, but the shape needs ${expected}`,
    "Correct the shape or the data.",
  );

export const notInteger = (path: string, value: string) =>
  error(
    "not-integer",
    path,
    `${value} is not an exact integer`,
    "Data are raw integers (value * 2^fraction); write those beyond 2^53 as decimal strings.",
  );

export const floatTensor = (path: string, count: number) =>
  error(
    "float-tensor",
    path,
    `the tensor holds real numbers${count > 1 ? `, as do ${count - 1} more` : ""}, but a model here is made of integers`,
    "Choose its fixed-point types first: bitloom quantize MODEL --data images.npz -o QUANTIZED.",
  );

export const notFinite = (path: string, value: string) =>
  error("not-finite", path, `${value} is not a finite number`, "Train again, or remove what overflowed.");

export const noRealMeaning = (path: string, kind: string) =>
  error(
    "no-real-meaning",
    path,
    `the kind ${kind} says nothing about real numbers`,
    "Leave it out, and let `bitloom quantize` choose types; or give the model's tensors and types yourself.",
  );

export const rawOfOpenType = (path: string, input: string) =>
  error(
    "raw-of-open-type",
    path,
    `the padding is a raw integer of ${input}'s type, which is not chosen yet`,
    `Give ${input} a type, or pad with "absent" or 0.`,
  );

export const elementValue = (path: string, value: string, expected: string, count: number) =>
  error(
    "element-value",
    path,
    `${value} is not ${expected}${count > 1 ? `, nor are ${count - 1} more elements` : ""}`,
    "Quantize the values again, or correct the tensor's type or encoding.",
  );
