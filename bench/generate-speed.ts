/** Time and memory of `generate` against the number of parameters. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unsignedInteger } from "../src/ir/data-type.ts";
import type { Graph } from "../src/ir/graph.ts";
import { layers } from "../src/layers/index.ts";
import { saveModel } from "../src/model/save.ts";
import { packageFile } from "../src/package-root.ts";
import { GraphBuilder } from "../test/networks/graph-builder.ts";
import type { Row } from "./table.ts";

const CHANNELS = 512;
const KERNEL = 3;

/** In a process of its own, which says what it took. */
const SCRIPT = `
const { generate } = await import(process.argv[1]);
const start = performance.now();
await generate(process.argv[2], process.argv[3]);
console.log(JSON.stringify([(performance.now() - start) / 1000, process.resourceUsage().maxRSS / 1024]));`;

export async function generateSpeed(counts: readonly number[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of counts) rows.push(await generateRow(bipolarNetwork(count), "linear, under 2048 MiB"));
  return rows;
}

export async function generateRow(graph: Graph, wanted: string): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), "bitloom-generate-"));
  const model = join(folder, "model.json");
  await saveModel(graph, model);
  const words = ["--input-type=module", "-e", SCRIPT, packageFile("dist/pipeline.js"), model, join(folder, "project")];
  const [seconds, mebibytes] = JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" })) as number[];
  rmSync(folder, { recursive: true });
  const parameters = [...graph.parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
  return {
    what: `generate, ${graph.name}, ${(parameters / 1e6).toFixed(1)} M parameters`,
    value: `${seconds?.toFixed(2)} s, ${mebibytes?.toFixed(0)} MiB at most`,
    wanted,
  };
}

/** Binary convolutions, as many as it takes. */
function bipolarNetwork(parameters: number): Graph {
  const build = new GraphBuilder("wide_network", { name: "image", shape: [3, 8, 8], type: unsignedInteger(8) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
  let x = build.node("thermometer", "encoded", ["image"], { levels: 8, step: 32 });
  let channels = 24;
  for (let left = parameters, i = 0; left > 0; i++) {
    const weight = build.bipolar([CHANNELS, channels, KERNEL, KERNEL]);
    x = build.node("conv2d", `conv${i}`, [x], { weight, padding });
    x = build.node("quantize", `sign${i}`, [x], { type: "bipolar" });
    left -= CHANNELS * channels * KERNEL * KERNEL;
    channels = CHANNELS;
  }
  x = build.node("global-average-pool", "pool", [x], { type: "ap_fixed<16,8>" });
  return build.graph(x, layers);
}
