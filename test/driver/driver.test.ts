/** Writes drivers of several networks, and runs their tests in Python on a pretended board. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { encodePort } from "../../src/codegen/port-layout.ts";
import { loadedWords } from "../../src/codegen/rtl/loading.ts";
import { DRIVER_FOLDER, driverFiles } from "../../src/flow/driver-files.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { streamOf } from "../../src/ir/graph.ts";
import { layers } from "../../src/layers/index.ts";
import { modelFiles } from "../../src/model/save.ts";
import { packageFile } from "../../src/package-root.ts";
import { schedule } from "../../src/passes/index.ts";
import { withWeightsOf } from "../../src/passes/reloadable.ts";
import { imageRunner } from "../../src/reference/image.ts";
import { randomImages } from "../../src/reference/random-images.ts";
import { changedWeights } from "../properties/random-reload.ts";
import { networks } from "./networks.ts";

const FRAMES = 5;
const hasPython = spawnSync("python3", ["-c", "import numpy"]).status === 0;
const title = hasPython ? "the driver" : "the driver (skipped: python3 with numpy is not here; pip install numpy)";

describe.skipIf(!hasPython)(title, () => {
  const root = mkdtempSync(join(tmpdir(), "bitloom-driver-"));
  afterAll(() => rmSync(root, { recursive: true }));

  it.each(networks)("of $name, $variant", ({ name, variant, graph }) => {
    const folder = join(root, `${name}-${variant}`);
    writeDriver(graph, variant === "stream", folder);
    const { status, stderr } = runTests(join(folder, DRIVER_FOLDER));
    expect(stderr).toMatch(/\nOK\b/);
    expect(status).toBe(0);
  });
});

function writeDriver(graph: Graph, axiStream: boolean, folder: string): void {
  const images = randomImages(graph.input, FRAMES, 1);
  const run = imageRunner(graph, layers, []);
  const outputs = images.map((image) => run(image).output);
  const scheduled = schedule(graph);
  const other = changedWeights(graph, 5);
  const files = driverFiles(scheduled, { model: graph, axiStream, clockMegahertz: 250 }, { images, outputs })
    .set("driver/input.bin", encodePort(images, graph.input))
    .set("driver/expected.bin", encodePort(outputs, streamOf(graph, graph.output)))
    .set("driver/weights.bin", bytesOf(loadedWords({ ...scheduled, graph: withWeightsOf(scheduled.graph, other) })));
  for (const [name, content] of modelFiles(other, "other.json")) files.set(`driver/${name}`, content);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

const bytesOf = (words: Uint32Array): Uint8Array => new Uint8Array(words.buffer);

function runTests(driver: string) {
  const path = [driver, packageFile("test/fake-pynq"), packageFile("test/driver")].join(delimiter);
  const env = { ...process.env, BITLOOM_DRIVER: driver, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: "1" };
  const words = ["-W", "error", "-m", "unittest", "discover", "-s", packageFile("test/driver")];
  return spawnSync("python3", words, { env, encoding: "utf8" });
}
