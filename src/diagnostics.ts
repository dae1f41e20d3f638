/** Everything that Bitloom says to a user about their input: one function for each code. */

export interface Diagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** JSON path (`nodes[3].attributes.weight`), node name or file. */
  readonly path: string;
  readonly hint: string;
}

/** Thrown once with every problem that was found; exit code 1. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}

export function formatDiagnostic({ severity, code, message, path, hint }: Diagnostic): string {
  return `${severity}[${code}] ${path}: ${message}${hint ? `\n  hint: ${hint}` : ""}`;
}

/** For our own bugs only, never for a user's input; exit code 70. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`internal error: ${message}`);
}

function error(code: string, path: string, message: string, hint: string): Diagnostic {
  return Object.freeze({ code, severity: "error", path, message, hint });
}

// Shapes, types and tensors of a node (src/layers)

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

// Files (src/model)

export const unreadableFile = (path: string, why: string) =>
  error("unreadable-file", path, `cannot read the file: ${why}`, "Check the path and the permissions.");

export const unwritableFile = (path: string, why: string) =>
  error(
    "unwritable-file",
    path,
    `cannot write the file: ${why}`,
    "Check the folder, its permissions and the free space.",
  );

export const brokenFile = (path: string, file: string, why: string) =>
  error("broken-file", path, `${file} is damaged or of another format: ${why}`, "Write the file again.");

export const unknownFileType = (path: string, file: string, known: string) =>
  error(
    "unknown-file-type",
    path,
    `${file} is no ${known} file`,
    "Save the array in one of these formats, with that extension.",
  );

export const missingArray = (path: string, file: string, key: string, nearest: string | undefined) =>
  error("missing-array", path, `${file} has no array "${key}"`, didYouMean(nearest, "Check the key."));

export const arrayType = (path: string, actual: string, expected: string) =>
  error(
    "array-type",
    path,
    `the array holds ${actual}, but needs ${expected}`,
    "Convert the array before it is saved.",
  );

export const arrayShape = (path: string, actual: readonly number[], expected: readonly number[]) =>
  error(
    "array-shape",
    path,
    `the array has the shape [${actual.join(", ")}], but the model says [${expected.join(", ")}]`,
    "Correct the shape in the model, or save the array again.",
  );

export const outsideFolder = (path: string, file: string) =>
  error(
    "outside-folder",
    path,
    `"${file}" is not in the model's folder`,
    "Put the file beside the model and name it by a relative path with / and without ..",
  );

// The text and the structure of a model (src/model)

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

export const elementValue = (path: string, value: string, expected: string, count: number) =>
  error(
    "element-value",
    path,
    `${value} is not ${expected}${count > 1 ? `, nor are ${count - 1} more elements` : ""}`,
    "Quantize the values again, or correct the tensor's type or encoding.",
  );

// C headers of a released accelerator (src/model/importers)

export const headerSyntax = (path: string, problem: string) =>
  error(
    "header-syntax",
    path,
    problem,
    "The importer reads arrays with plain initialisers of numbers, as the release has them.",
  );

export const headerArrayMissing = (path: string, name: string, nearest: string | undefined) =>
  error(
    "header-array-missing",
    path,
    `there is no array ${name}`,
    didYouMean(nearest, "Check that this is the release's file."),
  );

export const headerArrayShape = (path: string, name: string, actual: readonly number[], expected: string) =>
  error(
    "header-array-shape",
    path,
    `${name} has the shape [${actual.join(", ")}], but the network needs ${expected}`,
    "Check that the header belongs to this network.",
  );

export const headerValue = (path: string, problem: string) =>
  error("header-value", path, problem, "Export the header again.");

// Images and labels (src/model/images.ts)

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

export const labelsShape = (path: string, actual: readonly number[], images: number) =>
  error(
    "labels-shape",
    path,
    `the labels have the shape [${actual.join(", ")}], but there are ${images} images`,
    "Labels are one integer for each image.",
  );

export const unknownTap = (path: string, name: string, nearest: string | undefined) =>
  error(
    "unknown-tap",
    path,
    `there is no node "${name}" to tap`,
    didYouMean(nearest, "Name a node of the model, or NODE.high and NODE.low of a gated-conv2d (docs/ir.md)."),
  );

// Build folders (src/build)

export const foreignFolder = (path: string) =>
  error(
    "foreign-folder",
    path,
    "the folder has files in it, and Bitloom did not make it",
    "Name a new or an empty folder.",
  );

export const folderInUse = (path: string) =>
  error("folder-in-use", path, "another Bitloom is working in this folder", "Wait for it, or name another folder.");

// Boards (src/codegen/board.ts)

export const unknownBoard = (name: string, known: readonly string[]) =>
  error(
    "unknown-board",
    "--board",
    `there is no board "${name}"`,
    `Boards are ${known.join(", ")}; a new one is a folder of boards/.`,
  );

export const noProject = (path: string) =>
  error(
    "no-project",
    path,
    "the folder is no project of Bitloom",
    "Name a folder that `bitloom generate` or `bitloom build` made.",
  );

export const folderNeeded = (path: string) =>
  error("folder-needed", path, "a build of a model needs a folder", "Name it with -o FOLDER.");

function didYouMean(nearest: string | undefined, otherwise: string): string {
  return nearest === undefined ? otherwise : `Did you mean "${nearest}"?`;
}
