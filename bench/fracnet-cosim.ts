/**
 * FracNet's SystemVerilog in Verilator against the reference, node by node, and against the logits that the compiled release gave for the same
 * images: with its own parameters, with those that reach every saturation, and with gaps in the input and back-pressure.
 *
 *     npm run bench:fracnet-cosim              # 4,096 cycles a frame
 *     npm run bench:fracnet-cosim -- 8192      # other cycles
 *
 * Needs ../shared/fracnet. Ends with an error if anything differs.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveModel } from "../src/model/save.ts";
import { cosim } from "../src/pipeline.ts";
import { compareStream } from "../src/reference/compare.ts";
import { sharedArrays } from "../test/tools/fracbnn-parameters.ts";
import { entries, fracnetFrom, sharedFile } from "../test/tools/fracnet.ts";

/** `stalls` is the seed of gaps and back-pressure; `frames` of the file's images, else all. */
const RUNS = [
  { name: "released", parameters: "params.npz", prefix: "", images: "golden-io.npz", frames: 32, stalls: 0 },
  { name: "released", parameters: "params.npz", prefix: "", images: "golden-io.npz", frames: 32, stalls: 1 },
  { name: "mutant a", parameters: "mutant-a.npz", prefix: "param:", images: "mutant-a.npz", frames: 12, stalls: 0 },
  { name: "mutant b", parameters: "mutant-b.npz", prefix: "param:", images: "mutant-b.npz", frames: 12, stalls: 0 },
];

const [targetCycles = 4096] = process.argv.slice(2).map(Number);
const progress = (what: string, done = 0, total = 1) => process.stderr.write(`\r\x1b[K${what} ${done}/${total}`);
const folder = mkdtempSync(join(tmpdir(), "bitloom-fracnet-"));

console.log(
  "| parameters | frames | stalls | nodes equal to the reference | logits equal to the release's | cycles a frame |",
);
console.log("|---|---|---|---|---|---|");
for (const run of RUNS) console.log(`| ${(await row(run)).join(" | ")} |`);
rmSync(folder, { recursive: true });

async function row({ name, parameters, prefix, images, frames, stalls }: (typeof RUNS)[number]): Promise<string[]> {
  const model = join(folder, "model.json");
  await saveModel(await fracnetFrom(parameters, prefix), model);
  const settings = { targetCycles, budget: 0.8, stalls, taps: true };
  const inputs = { file: sharedFile(images), key: "image", frames };
  const { report, results, speed } = await cosim(model, inputs, settings, { progress });
  process.stderr.write("\r\x1b[K");
  const logits = sharedArrays(images).get("logits_raw") as ArrayLike<number>;
  const golden = entries(logits, logits.length / 10).slice(0, frames);
  const { differing } = compareStream("logits", results.stream, golden, results.raws);
  const equal = report.streams.filter((stream) => stream.differing === 0).length;
  if (!report.equivalent || differing > 0) process.exitCode = 1;
  return [
    ...[name, `${report.frames}`, stalls === 0 ? "none" : `seed ${stalls}`],
    ...[`${equal} of ${report.streams.length}`, differing === 0 ? "all" : `${differing} differ`],
    `${speed.interval}`,
  ];
}
