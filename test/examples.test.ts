/** The examples of models/: the reference gives the logits that PyTorch, or the executor they were trained with, has beside them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { streamOf } from "../src/ir/graph.ts";
import { layers } from "../src/layers/index.ts";
import { readImages } from "../src/model/images.ts";
import { loadModel } from "../src/model/load.ts";
import { readNpz } from "../src/model/npz.ts";
import { packageFile } from "../src/package-root.ts";
import { compareStream } from "../src/reference/compare.ts";
import { imageRunner } from "../src/reference/image.ts";
import { entries } from "./tools/fracnet.ts";

const IMAGES = 20;

test.each(readdirSync(packageFile("models")))("models/%s", async (name) => {
  const folder = packageFile(join("models", name));
  const graph = await loadModel(join(folder, "model.json"));
  const file = join(folder, "images.npz");
  const images = await readImages(file, "images", graph.input);
  const logits = readNpz(readFileSync(file), "logits")?.data as ArrayLike<number>;
  const run = imageRunner(graph, layers, []);
  const results = images.slice(0, IMAGES).map((image) => run(image).output);
  const wanted = entries(logits, images.length).slice(0, IMAGES);
  expect(compareStream("logits", streamOf(graph, graph.output), wanted, results)).toMatchObject({ differing: 0 });
});
