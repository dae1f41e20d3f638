/** How wide integers get: the vendor's headers want to know it beforehand (AP_INT_MAX_W, at most 32768). */
import type { HlsStage } from "../../ir/hls/stage.ts";
import type { ScheduledGraph } from "../../ir/schedule.ts";
import { fifoBits } from "./top.ts";

const STEP = 1024;
/** The last dimension of a table may be its length rather than a row of words, so that the estimate below exceeds what there is. */
const LIMIT = 32_768;

export function widestInteger(scheduled: ScheduledGraph, stages: readonly HlsStage[]): number {
  // Converters and ports hold two beats at once.
  const beats = [...scheduled.fifos.values()].map((fifo) => 2 * fifoBits(fifo) + 64);
  const windows = stages.map(({ shape }) => {
    const of = (key: string) => Number(shape[key] ?? 1);
    return of("kernel_height") * of("kernel_width") * of("channels") * of("bits");
  });
  const weights = stages.flatMap(({ tables }) => tables.map(({ dimensions }) => 64 * (dimensions.at(-1) ?? 1)));
  return Math.min(LIMIT, Math.ceil(Math.max(...beats, ...windows, ...weights) / STEP) * STEP);
}
