import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { exampleModel } from "../../test/tools/example-model.ts";
import type { Json } from "../../test/tools/mutate-json.ts";
import { writeSampleFiles } from "../../test/tools/sample-files.ts";
import { SAMPLE_MODEL } from "../../test/tools/sample-model.ts";
import { temporaryFolder } from "../../test/tools/temporary.ts";
import { DiagnosticError } from "../diagnostics.ts";
import { fixed } from "../ir/data-type.ts";
import { loadModel } from "./load.ts";
import { encodeNpy } from "./npy.ts";
import { saveModel } from "./save.ts";

// A document that tests change as they like.
// biome-ignore lint/suspicious/noExplicitAny: it has no structure that holds after the changes
type Loose = any;

function writeModel(change: (model: Loose) => void = () => undefined): string {
  const folder = temporaryFolder();
  writeSampleFiles(folder);
  const model = structuredClone(SAMPLE_MODEL);
  change(model);
  writeFileSync(join(folder, "model.json"), JSON.stringify(model));
  return join(folder, "model.json");
}

/** `code path` of everything that is wrong. */
async function problems(file: string): Promise<string[]> {
  const error = await loadModel(file).then(
    () => new DiagnosticError([]),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DiagnosticError)) throw error;
  return error.diagnostics.map(({ code, path }) => `${code} ${path.replace(file, "FILE")}`);
}

const problemsOf = (change: (model: Loose) => void) => problems(writeModel(change));
const node = (model: Loose, name: string): Loose => model.nodes.find((entry: Loose) => entry.name === name);

describe("loadModel", () => {
  it("gives a typed graph", async () => {
    const graph = await loadModel(writeModel());
    expect(graph.streams.size).toBe(graph.nodes.length + 1);
    expect(graph.streams.get("norm")).toEqual({ shape: [2, 6, 6], type: fixed(true, 12, 6) });
    expect(graph.input.shape).toEqual([1, 6, 6]);
    expect(graph.parameters.get("gated.threshold")?.data).toEqual(Int16Array.of(-3, 700));
    expect(graph.parameters.get("bent.slope")?.data).toEqual(BigInt64Array.of(-(2n ** 60n), 3n));
    expect(graph.parameters.get("mixed.bias")).toMatchObject({ data: Uint8Array.of(2, 0), table: [-2048n, 0n, 5n] });
    expect(graph.parameters.get("scores.weight")).toMatchObject({ terms: 2, digits: "signed" });
  });

  it("loads the example of docs/model-format.md", async () => {
    const file = join(temporaryFolder(), "model.json");
    writeFileSync(file, exampleModel());
    const graph = await loadModel(file);
    expect(graph.streams.get("scores")?.shape).toEqual([3, 1, 1]);
  });

  it.runIf(existsSync("models/fashion-mnist/model.json"))("loads the example of models/", async () => {
    expect((await loadModel("models/fashion-mnist/model.json")).output).toBe("logits");
  });

  it("loads what saveModel saved", async () => {
    const graph = await loadModel(writeModel());
    const file = join(temporaryFolder(), "copy.json");
    await saveModel(graph, file);
    expect(await loadModel(file)).toEqual(graph);
    expect(existsSync(file.replace(".json", ".safetensors"))).toBe(true);
  });

  it("saves a graph without tensors as one file", async () => {
    const graph = await loadModel(
      writeModel((model) => {
        model.nodes = [{ name: "winner", kind: "argmax", inputs: ["image"] }];
        model.tensors = {};
      }),
    );
    const file = join(temporaryFolder(), "copy.json");
    await saveModel(graph, file);
    expect(await loadModel(file)).toEqual(graph);
    expect(existsSync(file.replace(".json", ".safetensors"))).toBe(false);
  });
});

describe("a file that is no model", () => {
  const withText = async (text: string | Buffer) => {
    const file = writeModel();
    writeFileSync(file, text);
    return problems(file);
  };

  it("is told once", async () => {
    expect(await problems(join(temporaryFolder(), "none.json"))).toHaveLength(1);
    expect(await withText("")).toEqual(["json-syntax FILE:1:1"]);
    expect(await withText('{\n  "a": 1,\n}')).toEqual(["json-syntax FILE:3:1"]);
    expect(await withText('{ "a": 1, "a": 2 }')).toEqual(["duplicate-key a"]);
    expect(await withText("[]")).toEqual(["invalid-value FILE"]);
    expect(await withText(Buffer.from([0x22, 0xff, 0x22]))).toEqual(["unreadable-file FILE"]);
    expect(await withText('{ "format": "onnx", "version": 7 }')).toEqual(["unknown-format format"]);
    expect(await withText('{ "format": "bitloom", "version": 2, "layers": [] }')).toEqual(["unknown-version version"]);
  });

  it("may be the folder of one", async () => {
    const file = writeModel();
    await expect(loadModel(dirname(file))).rejects.toThrow(file);
  });

  it("may begin with a byte order mark", async () => {
    expect(await withText(`\ufeff${readFileSync(writeModel(), "utf8")}`)).toEqual([]);
  });
});

describe("problems of the structure", () => {
  it("are all told at once", async () => {
    const found = await problemsOf((model) => {
      delete model.format;
      model.nmae = "x";
      model.input.type = "ap_uint<65>";
      model.nodes[0].kind = "thermometre";
      delete model.nodes[2].attributes.scale;
      model.nodes[1].attributes.padding.value = 0.5;
      model.nodes[10].attributes.stride = [0, 2];
      model.nodes[10].attributes.strides = 1;
      model.tensors["norm.bias"].encoding = "double";
      model.tensors.high.type = "ap_fixed<12,4,AP_RND>";
    });
    expect(found.sort()).toEqual([
      "invalid-value input.type",
      "invalid-value nodes[10].attributes.stride[0]",
      "invalid-value nodes[1].attributes.padding.value",
      "invalid-value tensors.high.type",
      'invalid-value tensors["norm.bias"].encoding',
      "missing-key format",
      "missing-key nodes[2].attributes.scale",
      "unknown-key nmae",
      "unknown-key nodes[10].attributes.strides",
      "unknown-kind nodes[0].kind",
    ]);
  });

  it("include types too far from the point", async () => {
    const far = "ap_fixed<16,-2000000000>";
    expect(await problemsOf((model) => (node(model, "norm").attributes.type = far))).toEqual([
      "invalid-value nodes[2].attributes.type",
    ]);
    expect(await problemsOf((model) => (model.tensors.high.type = far))).toEqual(["invalid-value tensors.high.type"]);
  });
});

describe("problems of names and edges", () => {
  it("names", async () => {
    const found = await problemsOf((model) => {
      model.name = "9lives";
      model.input.name = "input";
      model.nodes[0].inputs = ["input"];
      node(model, "positive").name = "joined";
      model.tensors["a b"] = { encoding: "ternary", shape: [1], data: [0] };
    });
    expect(found.slice(0, 3)).toEqual(["invalid-name name", "invalid-name input.name", "duplicate-name nodes[9].name"]);
    expect(found).toContain('invalid-name tensors["a b"]');
  });

  it("inputs", async () => {
    expect(await problemsOf((model) => (node(model, "norm").inputs = ["stme"]))).toContain(
      "unknown-input nodes[2].inputs[0]",
    );
    expect(await problemsOf((model) => model.nodes.reverse())).toContain("later-input nodes[0].inputs[0]");
    expect(await problemsOf((model) => node(model, "norm").inputs.push("encode"))).toEqual([
      "input-count nodes[2].inputs",
    ]);
    expect(await problemsOf((model) => (model.output = "image"))).toEqual(["unknown-output output"]);
    expect(await problemsOf((model) => (model.output = "scores"))).toEqual(["unused-node nodes[16]"]);
    expect(await problemsOf((model) => (model.tensors.more = model.tensors.high))).toEqual([
      "unused-tensor tensors.more",
    ]);
  });

  it("cycles", async () => {
    const found = await problemsOf((model) => {
      node(model, "norm").inputs = ["bent"];
      node(model, "peak").inputs = ["peak"];
    });
    expect(found).toContain("cycle nodes[2].inputs");
    expect(found).toContain("cycle nodes[11].inputs");
    expect(found.filter((text) => text.startsWith("later-input"))).toEqual([]);
  });
});

describe("problems of tensors", () => {
  const change = (name: string, values: Json) => problemsOf((model) => Object.assign(model.tensors[name], values));

  it("in the file itself", async () => {
    expect(await problemsOf((model) => (node(model, "norm").attributes.scale = "norm.scal"))).toEqual([
      "unknown-tensor nodes[2].attributes.scale",
      'unused-tensor tensors["norm.scale"]',
    ]);
    expect(await change("norm.bias", { data: [1] })).toEqual(['element-count tensors["norm.bias"].data']);
    expect(await change("norm.bias", { data: [1, 0.5] })).toEqual(['not-integer tensors["norm.bias"].data[1]']);
    expect(await change("norm.bias", { data: ["1", 2 ** 53] })).toEqual(['not-integer tensors["norm.bias"].data[1]']);
    expect(await change("norm.bias", { data: [1, 128] })).toEqual(['element-value tensors["norm.bias"].data[1]']);
    expect(await change("norm.bias", { data: 3 })).toEqual(['invalid-value tensors["norm.bias"].data']);
    expect(await change("norm.bias", { shape: [0] })).toEqual(['invalid-value tensors["norm.bias"].shape[0]']);
    expect(await change("norm.bias", { shape: [2 ** 30, 2] })).toEqual(['too-large tensors["norm.bias"].shape']);
    expect(await change("norm.bias", { shape: [1, 2] })).toEqual(["tensor-shape nodes[2].attributes.bias"]);
    expect(await change("mixed.weight", { data: [1, 0, -2, 1] })).toEqual([
      'element-value tensors["mixed.weight"].data[2]',
    ]);
    expect(await change("mixed.bias", { data: [3, 0] })).toEqual(['element-value tensors["mixed.bias"].data[0]']);
    expect(await change("mixed.bias", { table: [5000, 0, 0] })).toEqual([
      'out-of-range tensors["mixed.bias"].table[0]',
    ]);
    expect(await change("scores.weight", { terms: 1 })).toEqual(['element-value tensors["scores.weight"].data[0]']);
    expect(await change("scores.weight", { digits: "unsigned" })).toEqual([
      'element-value tensors["scores.weight"].data[0]',
    ]);
    expect(await change("bent.slope", { data: ["9223372036854775808", 3] })).toEqual([
      'element-value tensors["bent.slope"].data[0]',
    ]);
  });

  it("in the files beside it", async () => {
    const data = (values: Json) => change("gated.weight", { data: values });
    const place = 'tensors["gated.weight"].data';
    expect(await data({ file: "sample.npz", key: "gate" })).toEqual([`missing-array ${place}.key`]);
    expect(await data({ file: "sample.npz" })).toEqual([`missing-key ${place}.key`]);
    expect(await data({ file: "../sample.npz", key: "gated" })).toEqual([`outside-folder ${place}.file`]);
    expect(await data({ file: "/sample.npz", key: "gated" })).toEqual([`outside-folder ${place}.file`]);
    expect(await data({ file: "none.npz", key: "gated" })).toEqual([`unreadable-file ${place}.file`]);
    expect(await data({ file: "model.json", key: "gated" })).toEqual([`unknown-file-type ${place}.file`]);
    expect(await change("gated.weight", { shape: [2, 2, 9] })).toEqual([`array-shape ${place}`]);
    expect(await change("gated.threshold", { type: "ap_int<8>" })).toEqual([
      'element-value tensors["gated.threshold"].data[1]',
    ]);
  });

  it("in what those hold", async () => {
    const file = writeModel();
    const path = file.replace("model.json", "sample.npz");
    const array = { shape: [2, 2, 3, 3], dtype: "float32", data: new Float32Array(36) } as const;
    writeFileSync(path, zipSync({ "gated.npy": encodeNpy(array) }));
    expect(await problems(file)).toEqual(['array-type tensors["gated.weight"].data']);
    writeFileSync(path, "PK");
    expect(await problems(file)).toEqual(['broken-file tensors["gated.weight"].data']);
  });
});

describe("problems of shapes and types", () => {
  it("come from the layers, and are not repeated behind the node", async () => {
    expect(await problemsOf((model) => (model.input.type = "ap_int<8>"))).toEqual(["input-type nodes[0].inputs[0]"]);
    expect(await problemsOf((model) => (node(model, "peak").attributes.kernel = [9, 9]))).toEqual([
      "window-too-large nodes[11].attributes",
    ]);
    expect(await problemsOf((model) => (model.input.shape = [1, 2 ** 14, 2 ** 14]))).toEqual(["too-large input.shape"]);
  });

  it("include maps that no memory holds", async () => {
    const wide = (i: number) => ({
      name: `wide${i}`,
      kind: "concat",
      inputs: new Array(64).fill(i ? `wide${i - 1}` : "image"),
    });
    const found = await problemsOf((model) => {
      model.nodes = [0, 1, 2, 3, 4, 5].map(wide);
      model.output = "wide5";
      model.tensors = {};
    });
    expect(found).toEqual(["too-large nodes[3]"]);
  });
});
