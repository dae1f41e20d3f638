import { join } from "node:path";
import { expect, test } from "vitest";
import { smallNetwork } from "../../test/networks/small.ts";
import { temporaryFolder } from "../../test/tools/temporary.ts";
import { writeNpy } from "../model/read-array.ts";
import { takeFrames } from "./frames.ts";

test("labels are for a network whose output is scores or a class, not a map", async () => {
  const file = join(temporaryFolder(), "images.npy");
  const labels = { file: join(temporaryFolder(), "labels.npy"), key: "labels" };
  await writeNpy(file, { dtype: "uint8", shape: [2, 1, 5, 5], data: new Uint8Array(50) });
  await writeNpy(labels.file, { dtype: "uint8", shape: [2], data: Uint8Array.of(2, 0) });
  const graph = smallNetwork();
  expect((await takeFrames(graph, { file, labels })).labels).toEqual([2, 0]);
  const map = { ...graph, output: "norm" };
  await expect(takeFrames(map, { file, labels })).rejects.toThrow("the model's output is a map 4 x 5 x 5");
});
