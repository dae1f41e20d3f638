/** Runs the simulator of a core on frames. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { runCommand } from "../build/command.ts";
import { ToolError } from "../build/tool-error.ts";
import { makeFolder, writeWhole } from "../files.ts";

const measuredSchema = z.strictObject({
  stuck: z.boolean(),
  cycles: z.int(),
  /** For each frame the cycle of its first input beat and of its last output beat. */
  firstInput: z.array(z.int()),
  finished: z.array(z.int()),
  fifos: z.array(
    z.strictObject({
      name: z.string(),
      /** Beats in it at the end, and at its fullest. */
      level: z.int(),
      high: z.int(),
      /** Beats that went in. */
      beats: z.int(),
    }),
  ),
  /** Cycles in which each stage worked, waited for a beat, waited for room: from the first frame's end on if there are several. */
  stages: z.array(z.strictObject({ name: z.string(), working: z.int(), starved: z.int(), blocked: z.int() })),
});

export type Measured = z.infer<typeof measuredSchema>;

/**
 * Cycles from the end of a frame to the end of the next, on average; undefined for one frame. The first of several frames is left out: it
 * finds all stages idle, so the second may end later behind it than any further frame behind the one before.
 */
export function intervalOf({ finished }: Measured): number | undefined {
  const ends = finished.length > 2 ? finished.slice(1) : finished;
  const [first, last] = [ends[0] as number, ends.at(-1) as number];
  return ends.length > 1 ? (last - first) / (ends.length - 1) : undefined;
}

export interface Cosimulation {
  readonly program: string;
  readonly scratch: string;
  /** All frames as tap-layout.ts encodes them. */
  readonly input: Uint8Array;
  readonly frames: number;
  /** Of input gaps and back-pressure; 0 for none. */
  readonly stalls: number;
  /** Cycles without any movement after which it gives up. */
  readonly watchdog: number;
  /** FIFOs whose beats are wanted. */
  readonly taps: readonly string[];
  /** Weights to load, and after how many frames. */
  readonly load?: { readonly words: Uint32Array; readonly after: number } | undefined;
  /** Where to write waves, if the program was built for them. */
  readonly wave?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CosimulationResult {
  readonly measured: Measured;
  readonly output: Uint8Array;
  readonly taps: ReadonlyMap<string, Uint8Array>;
}

const TIMEOUT_SECONDS = 3600;
const STUCK = 2;

/** Rejects with a ToolError if the program fails; a core that is stuck is a result. */
export async function cosimulate(run: Cosimulation): Promise<CosimulationResult> {
  const { program, scratch, input, frames, stalls, watchdog, taps, wave, load } = run;
  const folder = join(scratch, "frames");
  await makeFolder(folder);
  await writeWhole(join(folder, "input.bin"), input);
  if (load) await writeWhole(join(folder, "weights.bin"), new Uint8Array(load.words.buffer));
  await runCommand({
    step: "cosim",
    path: program,
    arguments: [
      ...["input.bin", ".", `${frames}`, `${stalls}`, `${watchdog}`, taps.length > 0 ? "1" : "0", wave ?? "-"],
      ...(load ? ["weights.bin", `${load.after}`] : ["-", "0"]),
    ],
    folder,
    log: join(scratch, "cosim.log"),
    timeoutSeconds: TIMEOUT_SECONDS,
    hint: "If you have not changed the generated files, please report this.",
    signal: run.signal,
  }).catch((error: unknown) => {
    if (!(error instanceof ToolError) || error.details.exitCode !== STUCK) throw error;
  });
  const read = (name: string) => readFile(join(folder, name));
  const measured = measuredSchema.parse(JSON.parse((await read("cosim.json")).toString()));
  const tapped = await Promise.all(taps.map(async (name) => [name, await read(`${name}.bin`)] as const));
  return { measured, output: await read("output.bin"), taps: new Map(tapped) };
}
