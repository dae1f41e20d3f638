/** FracNet against the tensors of the compiled release. */
import { describe, expect, test } from "vitest";
import { makePlan } from "../src/build/plan.ts";
import { run } from "../src/build/run.ts";
import { simulateProject } from "../src/flow/csim.ts";
import { makeProject } from "../src/flow/project.ts";
import type { Graph } from "../src/ir/graph.ts";
import { streamOf } from "../src/ir/graph.ts";
import type { Raws } from "../src/ir/tensor.ts";
import { layers } from "../src/layers/index.ts";
import { readImages } from "../src/model/images.ts";
import { compareStream } from "../src/reference/compare.ts";
import { imageRunner } from "../src/reference/image.ts";
import { firstDifferent } from "../src/report/equivalence-report.ts";
import { hasShared, sharedArrays } from "./tools/fracbnn-parameters.ts";
import { entries, fracnetFrom, sharedFile, tapOf } from "./tools/fracnet.ts";
import { temporaryFolder } from "./tools/temporary.ts";

const skipped = hasShared ? "" : " (skipped: there is no ../shared/fracnet)";
const MUTANTS = ["mutant-a.npz", "mutant-b.npz"];

const imagesOf = (graph: Graph, file: string, key = "image") => readImages(sharedFile(file), key, graph.input);

/** `steps` has the values of all images by the release's names. */
function expectReference(graph: Graph, images: readonly Raws[], steps: ReadonlyMap<string, ArrayLike<number>>): void {
  const run = imageRunner(graph, layers, [...steps.keys()].map(tapOf));
  const results = images.map(run);
  for (const [step, values] of steps) {
    const actual = results.map(({ taps }) => taps.get(tapOf(step)) as Raws);
    const stream = streamOf(graph, tapOf(step).split(".")[0] as string);
    expect(compareStream(step, stream, entries(values, images.length), actual)).toMatchObject({ differing: 0 });
  }
}

describe.skipIf(!hasShared)(`FracNet${skipped}`, () => {
  test("logits of 32 images", async () => {
    const graph = await fracnetFrom("params.npz");
    const images = await imagesOf(graph, "golden-io.npz");
    const golden = sharedArrays("golden-io.npz");
    expectReference(graph, images, new Map([["logits", golden.get("logits_raw") as ArrayLike<number>]]));
  });

  test("all steps of 2 images", async () => {
    const graph = await fracnetFrom("params.npz");
    const images = await imagesOf(graph, "golden-io.npz");
    expectReference(graph, images.slice(0, 2), sharedArrays("golden-steps.npz"));
  });

  test.each(MUTANTS)("logits and steps of %s", async (file) => {
    const graph = await fracnetFrom(file, "param:");
    const images = await imagesOf(graph, file);
    const steps = sharedArrays(file, "tap:");
    const logits = sharedArrays(file).get("logits_raw") as ArrayLike<number>;
    const count = (steps.get("bn1.out") as ArrayLike<number>).length / (16 * 32 * 32);
    expectReference(graph, images.slice(0, count), steps);
    expectReference(graph, images, new Map([["logits", logits]]));
  });

  test.each(["golden-io.npz", ...MUTANTS])(
    "every node of the compiled C++ for %s",
    async (file) => {
      const graph = await (file === "golden-io.npz" ? fracnetFrom("params.npz") : fracnetFrom(file, "param:"));
      const images = await imagesOf(graph, file);
      const folder = temporaryFolder();
      await run(makePlan(makeProject(graph, {}).files), folder);
      const source = { kind: "file", file, key: "image" } as const;
      const { report, results } = await simulateProject(graph, folder, { images, source, taps: true }, {});
      expect(firstDifferent(report)).toBeUndefined();
      const logits = entries(sharedArrays(file).get("logits_raw") as ArrayLike<number>, images.length);
      expect(compareStream("logits", results.stream, logits, results.raws)).toMatchObject({ differing: 0 });
    },
    900_000,
  );
});
