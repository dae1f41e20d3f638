/** What a cycle-accurate simulation measured. */
import { z } from "zod";

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
  /** The stage that takes most cycles for a frame, by the schedule. */
  limitingStage: z.strictObject({ name: z.string(), cycles: z.int() }),
  fifos: z.array(z.strictObject({ name: z.string(), depth: z.int(), high: z.int() })),
});

export type CosimReport = z.infer<typeof cosimReportSchema>;

/** FIFOs that are listed at most: the fullest of the deep ones. */
const MOST_FIFOS = 5;

export function cosimText({
  latency,
  interval,
  framesPerSecond,
  limitingStage,
  fifos,
  ...report
}: CosimReport): string {
  const number = (n: number) => n.toLocaleString("en", { maximumFractionDigits: 0 });
  const rate =
    interval === null
      ? "one frame tells no interval"
      : `a frame every ${number(interval)} cycles, ${number(framesPerSecond ?? 0)} frames/s at ${report.clockMegahertz} MHz`;
  const deep = [...fifos].sort((a, b) => b.depth - a.depth).slice(0, MOST_FIFOS);
  return [
    `  latency ${number(latency)} cycles; ${rate}${report.stalled ? " (with gaps and back-pressure)" : ""}`,
    `  ${limitingStage.name} limits: ${number(limitingStage.cycles)} cycles per frame by the schedule`,
    `  FIFOs at their fullest: ${deep.map(({ name, depth, high }) => `${name} ${high} of ${depth}`).join(", ")}`,
  ].join("\n");
}
