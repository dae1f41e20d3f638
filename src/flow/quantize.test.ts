import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { FLOAT_MODEL, floatImages } from "../../test/tools/float-model.ts";
import type { Json } from "../../test/tools/mutate-json.ts";
import { temporaryFolder } from "../../test/tools/temporary.ts";
import { DiagnosticError } from "../diagnostics.ts";
import { formatType } from "../ir/data-type.ts";
import { printNode } from "../ir/print.ts";
import { layers } from "../layers/index.ts";
import { loadModel } from "../model/load.ts";
import { encodeNpy } from "../model/npy.ts";
import { saveModel } from "../model/save.ts";
import type { Bits } from "./quantize.ts";
import { quantizeGraph } from "./quantize.ts";

// A document that tests change as they like.
// biome-ignore lint/suspicious/noExplicitAny: it has no structure that holds after the changes
type Loose = any;

const bits = (word: number): Bits => ({ weight: word, activation: word, parameter: 16, perChannel: false });

function write(change: (model: Loose) => void = () => undefined) {
  const folder = temporaryFolder();
  const model = structuredClone(FLOAT_MODEL) as Json;
  change(model);
  const images = floatImages(12);
  writeFileSync(join(folder, "images.npz"), zipSync({ "images.npy": encodeNpy(images) }));
  writeFileSync(join(folder, "float.json"), JSON.stringify(model));
  return { model: join(folder, "float.json"), images: { file: join(folder, "images.npz") }, folder };
}

async function problems(change: (model: Loose) => void): Promise<string[]> {
  const { model, images } = write(change);
  const error = await quantizeGraph(model, images, bits(8), {}).catch((thrown: unknown) => thrown);
  if (!(error instanceof DiagnosticError)) throw error;
  return error.diagnostics.map(({ code, path }) => `${code} ${path}`);
}

const node = (model: Loose, name: string): Loose => model.nodes.find((entry: Loose) => entry.name === name);

describe("quantize", () => {
  it("gives types to what is read with few bits, and to nothing else", async () => {
    const { model, images } = write();
    const { graph, values } = await quantizeGraph(model, images, bits(8), {});
    const nodes = graph.nodes.map((one) => printNode(one, layers).replace(/,AP_RND,AP_SAT/, "*"));
    expect(nodes).toMatchInlineSnapshot(`
      [
        "edges = conv2d(image) weight=edges.weight padding={top:1,left:1,bottom:1,right:1,value:absent}",
        "norm = affine(edges) scale=norm.scale bias=norm.bias",
        "active = relu(norm) type=ap_ufixed<8,1*>",
        "left = conv2d(active) weight=left.weight padding={top:1,left:1,bottom:1,right:1,value:absent}",
        "peak = max-pool(left) kernel=[2,2] stride=[2,2]",
        "bent = prelu(peak) slope=slope type=ap_fixed<8,3*>",
        "right = conv2d(active) weight=right.weight stride=[2,2]",
        "right_quantized = quantize(right) type=ap_fixed<8,3*>",
        "both = concat(bent, right_quantized)",
        "mean = global-average-pool(both) type=ap_fixed<8,2*>",
        "scores = dense(mean) weight=scores.weight bias=scores.bias",
      ]
    `);
    expect(values.map(({ names }) => names)).toMatchInlineSnapshot(`
      [
        [
          "active",
        ],
        [
          "bent",
          "right_quantized",
        ],
        [
          "mean",
        ],
      ]
    `);
  });

  it("comes closer to the float model by six decibels a bit", async () => {
    const { model, images } = write();
    const ratios: number[] = [];
    for (const word of [4, 8, 12]) ratios.push((await quantizeGraph(model, images, bits(word), {})).snr);
    expect(ratios.map(Math.round)).toMatchInlineSnapshot(`
      [
        13,
        39,
        59,
      ]
    `);
  });

  it("gives a model that loads again", async () => {
    const { model, images, folder } = write();
    const { graph } = await quantizeGraph(model, images, bits(5), {});
    await saveModel(graph, join(folder, "model.json"));
    expect(await loadModel(join(folder, "model.json"))).toEqual(graph);
  });

  it("gives each output's weights their own binary point", async () => {
    const { model, images } = write((changed) => {
      const { data } = changed.tensors["scores.weight"];
      for (let i = 0; i < 4; i++) data[i] /= 300;
    });
    const typeOf = async (perChannel: boolean) => {
      const { tensors } = await quantizeGraph(model, images, { ...bits(4), perChannel }, {});
      const { type, snr } = tensors.find(({ names: [name] }) => name === "scores.weight") as (typeof tensors)[number];
      return `${formatType(type)} ${Math.round(snr)} dB`;
    };
    expect([await typeOf(false), await typeOf(true)]).toMatchInlineSnapshot(`
      [
        "ap_fixed<4,1> 21 dB",
        "ap_fixed<12,1> 22 dB",
      ]
    `);
  });

  it("keeps types and tensors that are given", async () => {
    const { model, images } = write((changed) => {
      node(changed, "active").attributes = { type: "ap_ufixed<3,2>" };
      changed.tensors["scores.weight"] = {
        encoding: "ternary",
        shape: [3, 4],
        data: [1, 0, -1, 1, 1, 1, 0, 0, -1, 0, 1, 1],
      };
    });
    const { graph, tensors } = await quantizeGraph(model, images, bits(8), {});
    expect(formatType(graph.streams.get("active")?.type as never)).toBe("ap_ufixed<3,2>");
    expect(graph.parameters.get("scores.weight")?.encoding).toBe("ternary");
    expect(tensors.map(({ names }) => names[0])).not.toContain("scores.weight");
  });
});

describe("what is wrong with a float model", () => {
  it("is told by bitloom check: its tensors are no integers", async () => {
    const { model } = write();
    const error = await loadModel(model).catch((thrown) => thrown);
    expect(error.diagnostics[0]).toMatchObject({ code: "float-tensor", path: 'tensors["edges.weight"]' });
    expect(error.message).toContain("bitloom quantize");
  });

  it("is told all at once", async () => {
    expect(
      await problems((model) => {
        model.tensors["norm.bias"].data[1] = "NaN";
        model.tensors["edges.weight"].data.pop();
        node(model, "active").kind = "lookup";
        node(model, "active").attributes = { table: "norm.scale", low: 0 };
      }),
    ).toMatchInlineSnapshot(`
      [
        "element-count tensors["edges.weight"].data",
        "not-finite tensors["norm.bias"].data[1]",
        "no-real-meaning nodes[2].kind",
      ]
    `);
  });

  it("can be a raw of a type that is not chosen yet", async () => {
    const pad = (value: number) => (model: Loose) => (node(model, "left").attributes.padding.value = value);
    expect(await problems(pad(1))).toEqual(["raw-of-open-type nodes[3].attributes.padding"]);
    const { model, images } = write(pad(0));
    await quantizeGraph(model, images, bits(8), {});
  });

  it("can be a shape, as with any model", async () => {
    expect(await problems((model) => (model.tensors["scores.weight"].shape = [4, 3]))).toMatchInlineSnapshot(`
      [
        "tensor-shape nodes[9].attributes.weight",
      ]
    `);
  });
});
