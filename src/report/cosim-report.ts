/** What a cycle-accurate simulation measured. */
import { z } from "zod";

const share = z.number().min(0).max(1);

export const cosimReportSchema = z.strictObject({
  version: z.literal(1),
  design: z.string(),
  frames: z.int(),
  clockMegahertz: z.number(),
  /** Whether inputs came with gaps and outputs were not always taken: then the cycles say little of the design. */
  stalled: z.boolean(),
  /** Cycles from the first input beat of the first frame to its last output beat. */
  latency: z.int(),
  /** Cycles between the ends of two frames once the pipeline is full; null for a single frame. */
  interval: z.number().nullable(),
  framesPerSecond: z.number().nullable(),
  /** Cycles per frame by the schedule. */
  scheduled: z.int(),
  /** Which part of the time each stage worked, waited for a beat, and waited for room, while frames came out. */
  stages: z.array(z.strictObject({ name: z.string(), working: share, starved: share, blocked: share })),
  /** The stage that worked most: it limits the rate. */
  limitingStage: z.string(),
  fifos: z.array(z.strictObject({ name: z.string(), depth: z.int(), high: z.int() })),
});

export type CosimReport = z.infer<typeof cosimReportSchema>;

/** FIFOs that are listed at most: the fullest of the deep ones. */
const MOST_FIFOS = 5;

export function cosimText({
  latency,
  interval,
  framesPerSecond,
  scheduled,
  stages,
  limitingStage,
  fifos,
  ...report
}: CosimReport): string {
  const number = (n: number) => n.toLocaleString("en", { maximumFractionDigits: 0 });
  const rate =
    interval === null
      ? "one frame tells no interval"
      : `a frame every ${number(interval)} cycles (${number(scheduled)} by the schedule), ` +
        `${number(framesPerSecond ?? 0)} frames/s at ${report.clockMegahertz} MHz`;
  const limit = stages.find(({ name }) => name === limitingStage);
  const deep = [...fifos].sort((a, b) => b.depth - a.depth).slice(0, MOST_FIFOS);
  return [
    `  latency ${number(latency)} cycles; ${rate}${report.stalled ? " (with gaps and back-pressure)" : ""}`,
    `  ${limitingStage} limits: it works in ${number((limit?.working ?? 0) * 100)} % of the cycles`,
    `  FIFOs at their fullest: ${deep.map(({ name, depth, high }) => `${name} ${high} of ${depth}`).join(", ")}`,
  ].join("\n");
}
