import { describe, expect, it } from "vitest";
import type { Diagnostic } from "./diagnostics.ts";
import * as catalogue from "./diagnostics.ts";

const { DiagnosticError: _, formatDiagnostic, invariant, ...messages } = catalogue;
type Messages = typeof messages;

/** One call of each message of the catalogue. A new message needs a line here; its text goes into the golden file. */
const SAMPLES: { [Name in keyof Messages]: Parameters<Messages[Name]> } = {
  tensorShape: ["nodes[3].attributes.weight", [16, 9], "[16, 3, height, width]"],
  tensorEncoding: ["nodes[3].attributes.weight", "ternary", "bipolar"],
  thresholdOrder: ["nodes[3].attributes.thresholds", 2],
  inputType: ["nodes[3].inputs[0]", "ap_int<8>", "an unsigned integer such as ap_uint<8>"],
  inputShape: ["nodes[3].inputs[0]", [3, 8, 8], "a vector"],
  inputsDiffer: ["nodes[3].inputs", "shape", "[3, 8, 8]", "[3, 4, 4]"],
  windowTooLarge: ["nodes[3].attributes", "5x5", "3x3"],
  paddingTooLarge: ["nodes[3].attributes.padding.top", 3, 3],
  groupsDivide: ["nodes[3].attributes.groups", 3, 16, "input"],
  widthLimit: ["nodes[3]", 71],
  attributeValue: [
    "nodes[3].attributes.padding.value",
    "padded taps of a pool are always absent",
    "Leave `value` out.",
  ],
  outOfRange: ["nodes[3].attributes.padding.value", "300", "ap_uint<8>"],
  unreadableFile: ["model.json", "permission denied"],
  unwritableFile: ["model.json", "the disk is full"],
  brokenFile: ['tensors["a.b"].data', "model.npz", "its header is cut off"],
  unknownFileType: ['tensors["a.b"].data.file', "model.bin", ".safetensors or .npz"],
  missingArray: ["images.npz", "images.npz", "key", undefined, ["images", "labels"]],
  arrayType: ['tensors["a.b"].data', "float32", "integers"],
  arrayShape: ['tensors["a.b"].data', [3, 16], [16, 3]],
  outsideFolder: ['tensors["a.b"].data.file', "../model.npz"],
  modelInFolder: ["build", "build/model/model.json"],
  jsonSyntax: ["model.json:4:17", 'expected a value, but found "}"'],
  duplicateKey: ["tensors.scale", "scale"],
  unknownFormat: ["format", '"onnx"'],
  unknownVersion: ["version", "2"],
  missingKey: ["nodes[3].kind"],
  unknownKey: ["nodes[3].attributes.strides", "stride"],
  invalidValue: ["nodes[3].attributes.stride[0]", "expected number to be >=1 (here: 0)"],
  unknownKind: ["nodes[3].kind", "conv2", "conv2d"],
  invalidName: ["nodes[3].name", "register", "it is a keyword of C++"],
  duplicateName: ["nodes[3].name", "conv1", "nodes[1]"],
  unknownInput: ["nodes[3].inputs[0]", "cov1", "conv1"],
  laterInput: ["nodes[3].inputs[0]", "conv2", "nodes[5]"],
  cycle: ["nodes[3].inputs", ["conv1", "bn1", "conv1"]],
  inputCount: ["nodes[3].inputs", 3, "2"],
  unknownOutput: ["output", "logit", "logits"],
  unusedNode: ["nodes[3]", "conv1"],
  unusedTensor: ["tensors.bias", "bias"],
  unknownTensor: ["nodes[3].attributes.bias", "conv1.bia", undefined],
  tooLarge: ["input.shape", "the shape [3, 100000, 100000] has 30000000000 elements", 67108864],
  elementCount: ["tensors.bias.data", 15, 16],
  notInteger: ["tensors.bias.data[3]", "0.5"],
  floatTensor: ["tensors.weight", 3],
  notFinite: ["tensors.weight.data[7]", "NaN"],
  noRealMeaning: ["nodes[3].kind", "lookup"],
  rawOfOpenType: ["nodes[3].attributes.padding", "relu1"],
  elementValue: ["tensors.bias.data[3]", "4096", "a raw value of ap_fixed<12,4>, -2048 to 2047", 3],
  headerSyntax: ["conv_weights.h:17", 'expected "," or "}", but found ";"'],
  headerArrayMissing: ["release", "bn1_bias_fix", "bn1_bias"],
  headerArrayShape: ["conv_weights.h:17", "conv_weight_all", [44, 16, 3, 3], "[45, 16, 3, 3]"],
  headerValue: ["conv_weights.h:17", "1.5 in conv_weight_all is no word of 64 bits"],
  inputsType: ["images.npy", "float32"],
  inputsShape: ["images.npy", [3, 32, 32, 2], [3, 32, 32]],
  inputsEmpty: ["images.npy"],
  inputRange: ["images.npy", 7, "300", "ap_uint<8>"],
  labelsType: ["labels.npy", "float64"],
  labelsOfMap: ["labels.npy", [8, 4, 4]],
  labelsShape: ["labels.npy", [9], 10],
  labelRange: ["labels.npy", 7, "10", 10],
  unknownTap: ["--tap", "conv", "conv1"],
  foreignFolder: ["build"],
  folderInUse: ["build"],
  unknownBoard: ["zcu104", ["kv260", "ultra96v2"]],
  noProject: ["build"],
  noRtlFiles: ["build/rtl/tiny.sv"],
  staleReport: ["reports/yosys.json"],
  optionNotForTool: ["--until", "Yosys"],
  folderNeeded: ["model.json"],
  noStep: ["csynth", true, ["package", "block-design", "synthesis", "implementation"]],
  rateOutOfReach: ["--fps", { cycles: 833, clockMegahertz: 250 }, { cycles: 1156, clockMegahertz: 250 }, "conv1"],
  rateOverBudget: [
    "--fps",
    { cycles: 4096, clockMegahertz: 250 },
    "166,842 of 56,448 LUT, 180,275 of 112,896 FF",
    { cycles: 16_384, clockMegahertz: 250 },
  ],
  budgetTooSmall: ["1,800 of 1,000 LUT"],
  largerThanBoard: ["ultra96v2", "536 of 432 BRAM18"],
  notReloadable: ["other.json"],
  otherNetwork: ["other.json", "tensor norm_scale"],
  unknownPrimitive: ["stage_conv1", "BUFGCE", 2],
  combinationalLoop: ["stage_conv1", ["valid", "ready", "valid"]],
};

const diagnostics = Object.entries(SAMPLES).map(([name, values]) =>
  (messages[name as keyof Messages] as (...values: unknown[]) => Diagnostic)(...values),
);

describe("the catalogue of diagnostics", () => {
  it("has a sample of every message", () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(messages).sort());
  });

  it("says what the golden file says", async () => {
    await expect(`${diagnostics.map(formatDiagnostic).join("\n")}\n`).toMatchFileSnapshot(
      "../test/golden/diagnostics.txt",
    );
  });

  it("has one code for each message, and a hint for each", () => {
    expect(new Set(diagnostics.map(({ code }) => code)).size).toBe(diagnostics.length);
    for (const { hint } of diagnostics) expect(hint).toMatch(/^\S.*[.?]$/);
  });

  it("throws only for our own bugs", () => {
    expect(() => invariant(false, "nobody")).toThrow("internal error: nobody");
    expect(() => invariant(1, "nobody")).not.toThrow();
  });
});
