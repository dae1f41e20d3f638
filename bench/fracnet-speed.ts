/** FracNet: accuracy, and images per second of one core. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePlan } from "../src/build/plan.ts";
import { run } from "../src/build/run.ts";
import { findTool } from "../src/build/tool.ts";
import { decodePort, encodePort } from "../src/codegen/port-layout.ts";
import { classOf } from "../src/flow/classes.ts";
import { compileProject } from "../src/flow/csim.ts";
import { makeProject } from "../src/flow/project.ts";
import type { Graph } from "../src/ir/graph.ts";
import { streamOf } from "../src/ir/graph.ts";
import type { Raws } from "../src/ir/tensor.ts";
import { layers } from "../src/layers/index.ts";
import { readImages } from "../src/model/images.ts";
import { CXX } from "../src/opentools/cxx.ts";
import { imageRunner } from "../src/reference/image.ts";
import { sharedArrays } from "../test/tools/fracbnn-parameters.ts";
import { fracnetFrom, sharedFile } from "../test/tools/fracnet.ts";
import { generateRow } from "./generate-speed.ts";
import type { Row } from "./table.ts";

const IMAGES = "cifar10-test-first1017.npz";
/** Images per second of the release's C++ with AMD's headers on one core of the machine for which the project states its aims. */
const RELEASE = 2.4;

export async function fracnetSpeed(): Promise<Row[]> {
  const graph = await fracnetFrom("params.npz");
  const images = await readImages(sharedFile(IMAGES), "images", graph.input);
  const labels = sharedArrays(IMAGES).get("labels") as ArrayLike<number>;
  const folder = mkdtempSync(join(tmpdir(), "bitloom-speed-"));
  try {
    const rows = [referenceRow(graph, images, labels), await csimRow(graph, images, labels, folder)];
    return [...rows.flat(), await generateRow(graph, "under 1 s")];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function referenceRow(graph: Graph, images: readonly Raws[], labels: ArrayLike<number>): Row[] {
  const runImage = imageRunner(graph, layers, []);
  runImage(images[0] as Raws);
  const start = performance.now();
  const outputs = images.map((image) => runImage(image).output);
  return speedRows("reference executor", outputs, labels, (performance.now() - start) / 1000, 20);
}

async function csimRow(
  graph: Graph,
  images: readonly Raws[],
  labels: ArrayLike<number>,
  folder: string,
): Promise<Row[]> {
  const project = makeProject(graph, {});
  await run(makePlan(project.files), folder);
  const program = await compileProject(folder, false, await findTool(CXX), {});
  writeFileSync(join(folder, "input.bin"), encodePort(images, graph.input));
  const start = performance.now();
  execFileSync(program.path, ["input.bin", "-", "output.bin", String(images.length), "1"], { cwd: folder });
  const seconds = (performance.now() - start) / 1000;
  const { graph: simulated } = project.scheduled;
  const outputs = decodePort(readFileSync(join(folder, "output.bin")), streamOf(simulated, simulated.output));
  return speedRows("csim", outputs, labels, seconds, 40);
}

function speedRows(
  what: string,
  outputs: readonly Raws[],
  labels: ArrayLike<number>,
  seconds: number,
  wanted: number,
): Row[] {
  const rate = outputs.length / seconds;
  const right = outputs.filter((output, i) => classOf(output) === labels[i]).length;
  return [
    {
      what: `FracNet, ${what}, one core`,
      value: `${rate.toFixed(1)} images/s, ${(rate / RELEASE).toFixed(1)} times the release's`,
      wanted: `${wanted} times`,
    },
    { what: `FracNet, ${what}, right`, value: `${right} of ${outputs.length}`, wanted: "893 of 1017" },
  ];
}
