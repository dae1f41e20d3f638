/** A thread of `runBatch`. */
import { parentPort, workerData } from "node:worker_threads";
import { layers } from "../layers/index.ts";
import type { Answer, Job, WorkerSetup } from "./batch.ts";
import { imageRunner } from "./image.ts";

const { graph, taps } = workerData as WorkerSetup;
const run = imageRunner(graph, layers, taps);

parentPort?.on("message", ({ index, input }: Job) => {
  parentPort?.postMessage({ index, ...run(input) } satisfies Answer);
});
