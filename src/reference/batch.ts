/** Many images on all cores: a pool of worker threads, each with the graph prepared once. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Graph } from "../ir/graph.ts";
import type { Raws } from "../ir/tensor.ts";
import { layers } from "../layers/index.ts";
import type { ImageResult } from "./image.ts";
import { imageRunner } from "./image.ts";

export interface BatchOptions {
  /** Names of nodes (`name`, or `name.suffix` inside of one) whose values are wanted too. */
  readonly taps?: readonly string[];
  /** Worker threads; as many as there are cores by default. */
  readonly threads?: number;
  /** Called with the number of images that are done. */
  readonly onProgress?: (done: number) => void;
}

/** What a worker is started with. */
export interface WorkerSetup {
  readonly graph: Graph;
  readonly taps: readonly string[];
}

/** One image to compute, and its answer. */
export interface Job {
  readonly index: number;
  readonly input: Raws;
}
export interface Answer extends ImageResult {
  readonly index: number;
}

/** Below this many images per thread the start of a thread costs more than it brings. */
const IMAGES_PER_THREAD = 4;

/** Runs the graph on each input (raws in (C, H, W) order); results come in the order of the inputs. */
export async function runBatch(
  graph: Graph,
  inputs: readonly Raws[],
  options: BatchOptions = {},
): Promise<ImageResult[]> {
  const { taps = [], onProgress, threads = availableParallelism() } = options;
  const workers = Math.min(threads, Math.floor(inputs.length / IMAGES_PER_THREAD));
  // The sources run under vitest, where a thread cannot be started from TypeScript.
  if (workers < 2 || import.meta.url.endsWith(".ts")) return runHere(graph, inputs, taps, onProgress);
  return runInThreads({ graph, taps }, inputs, workers, onProgress);
}

async function runHere(
  graph: Graph,
  inputs: readonly Raws[],
  taps: readonly string[],
  onProgress?: (done: number) => void,
) {
  const run = imageRunner(graph, layers, taps);
  const results: ImageResult[] = [];
  for (const input of inputs) {
    results.push(run(input));
    onProgress?.(results.length);
    // Gives the event loop a turn, so that progress shows and Ctrl-C is heard.
    if (results.length % 16 === 0) await new Promise(setImmediate);
  }
  return results;
}

function runInThreads(setup: WorkerSetup, inputs: readonly Raws[], count: number, onProgress?: (done: number) => void) {
  const results = new Array<ImageResult>(inputs.length);
  const pool = Array.from(
    { length: count },
    () => new Worker(new URL("./worker.js", import.meta.url), { workerData: setup }),
  );
  let next = 0;
  let done = 0;
  return new Promise<ImageResult[]>((resolve, reject) => {
    const give = (worker: Worker) => {
      if (next < inputs.length) worker.postMessage({ index: next, input: inputs[next++] } as Job);
    };
    for (const worker of pool) {
      worker.on("message", ({ index, output, taps }: Answer) => {
        results[index] = { output, taps };
        onProgress?.(++done);
        if (done === inputs.length) resolve(results);
        else give(worker);
      });
      worker.on("error", reject);
      // Two jobs each, so that none waits for its next one.
      give(worker);
      give(worker);
    }
  }).finally(() => Promise.all(pool.map((worker) => worker.terminate())));
}
