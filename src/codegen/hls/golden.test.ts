/** test/golden/hls/small: the project of a small network, without the kernels. `UPDATE=1` writes it anew. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../test/networks/graph-builder.ts";
import { HLS_OPTIONS } from "../../../test/tools/run-hls.ts";
import { unsignedInteger } from "../../ir/data-type.ts";
import { layers } from "../../layers/index.ts";
import { packageFile } from "../../package-root.ts";
import { schedule } from "../../passes/index.ts";
import { generateHls } from "./index.ts";

const folder = packageFile("test/golden/hls/small");

function smallNetwork() {
  const build = new GraphBuilder("small", { name: "image", shape: [1, 5, 5], type: unsignedInteger(8) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
  const MAP = "ap_fixed<12,6,AP_RND,AP_SAT>";
  build.node("thermometer", "encoded", ["image"], { levels: 4, step: 64 });
  build.node("conv2d", "first", ["encoded"], { weight: build.bipolar([4, 4, 3, 3]), padding });
  build.node("affine", "norm", ["first"], { scale: build.fixed([4]), bias: build.fixed([4]), type: MAP });
  build.node("prelu", "bent", ["norm"], { slope: build.constant(40), type: MAP });
  build.node("conv2d", "second", ["bent"], { weight: build.fixed([4, 2, 1, 1]), groups: 2, accumulator: MAP });
  build.node("add", "joined", ["bent", "second"], { type: MAP });
  build.node("max-pool", "pooled", ["joined"], { kernel: [2, 2], stride: [2, 2] });
  build.node("dense", "scores", ["pooled"], { weight: build.fixed([3, 16], -3, 3) });
  return build.graph("scores", layers);
}

const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

describe("the project of a small network", () => {
  const scheduled = schedule(smallNetwork(), { targetCycles: 100 });
  const project = [...generateHls(scheduled, layers, HLS_OPTIONS)].filter(([path]) => !path.startsWith("src/kernels/"));
  if (process.env["UPDATE"]) {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of project) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  it("has these files", () => expect(project.map(([path]) => path).sort()).toEqual(filesIn(folder)));
  it.each(project)("%s", (path, text) => expect(text).toBe(readFileSync(join(folder, path), "utf8")));
});
