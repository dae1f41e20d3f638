/** Runs a compiled testbench on frames, in as many processes as there are cores. */
import { readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runCommand } from "../build/command.ts";
import { inParallel } from "../build/parallel.ts";
import { makeFolder, writeWhole } from "../files.ts";

export interface Simulation {
  readonly program: string;
  /** For files that nobody needs afterwards. */
  readonly scratch: string;
  readonly logs: string;
  /** Bytes of each frame as they lie at the input port. */
  readonly frames: readonly Uint8Array[];
  /** Nodes whose values are wanted too. */
  readonly taps: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (frames: number) => void;
}

/** The results of some neighbouring frames. */
export interface Batch {
  readonly first: number;
  readonly frames: number;
  /** As they lie at the output port. */
  readonly output: Uint8Array;
  readonly taps: ReadonlyMap<string, Uint8Array>;
}

/** With taps a frame makes megabytes. */
const MOST_FRAMES = 64;
const MOST_TAPPED_FRAMES = 4;
const TIMEOUT_SECONDS = 3600;

/** Each batch is handed over as soon as it is there, and then forgotten. Rejects with a ToolError. */
export async function simulate(simulation: Simulation, take: (batch: Batch) => void | Promise<void>): Promise<void> {
  const { frames, taps, logs } = simulation;
  await makeFolder(logs);
  const most = taps.length > 0 ? MOST_TAPPED_FRAMES : MOST_FRAMES;
  const size = Math.max(1, Math.min(most, Math.ceil(frames.length / availableParallelism())));
  const starts = Array.from({ length: Math.ceil(frames.length / size) }, (_, i) => i * size);
  let done = 0;
  await inParallel(starts, availableParallelism(), async (first) => {
    const batch = await runBatch(simulation, first, frames.slice(first, first + size));
    done += batch.frames;
    simulation.onProgress?.(done);
    await take(batch);
  });
}

async function runBatch(
  { program, scratch, logs, taps, signal }: Simulation,
  first: number,
  frames: readonly Uint8Array[],
): Promise<Batch> {
  const folder = join(scratch, `frames-${first}`);
  await writeWhole(join(folder, "input.bin"), Buffer.concat(frames));
  await runCommand({
    step: "csim",
    path: program,
    arguments: ["input.bin", "-", "output.bin", String(frames.length), "1"],
    folder,
    environment: { BITLOOM_TAP_DIR: folder },
    log: join(logs, `csim-${first}.log`),
    timeoutSeconds: TIMEOUT_SECONDS,
    hint: "If you have not changed the generated files, please report this.",
    signal,
  });
  const read = (name: string) => readFile(join(folder, name));
  const tapped = await Promise.all(taps.map(async (name) => [name, await read(`${name}.bin`)] as const));
  const batch = { first, frames: frames.length, output: await read("output.bin"), taps: new Map(tapped) };
  await rm(folder, { recursive: true });
  return batch;
}
