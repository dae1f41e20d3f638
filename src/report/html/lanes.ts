/**
 * Places stages and FIFOs side by side, like the lines of a map of trains: each stage has a row of its own, each FIFO a lane from
 * the row of its writer to the row of its reader. A stage stands in the leftmost lane that it reads; of its outputs the one
 * that is read first goes straight on, so that a long shortcut runs beside the path that it bypasses.
 */
import type { StageEntry } from "../build-report.ts";

export interface Row {
  /** The lane in which the stage stands. */
  readonly column: number;
  /** Lanes that end at the stage, begin at it, and pass by. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly passing: readonly number[];
}

type Wires = Pick<StageEntry, "inputs" | "outputs">;

export function placeInLanes(stages: readonly Wires[], inputFifo: string): readonly Row[] {
  const readers = readerRows(stages);
  const lanes = new Lanes();
  lanes.take(inputFifo, 0);
  return stages.map((stage) => place(stage, lanes, readers));
}

/** Lanes in use at the widest place. */
export const laneCount = (rows: readonly Row[]): number =>
  1 +
  Math.max(0, ...rows.flatMap(({ column, inputs, outputs, passing }) => [column, ...inputs, ...outputs, ...passing]));

function place(stage: Wires, lanes: Lanes, readers: ReadonlyMap<string, number>): Row {
  const inputs = stage.inputs.flatMap((fifo) => lanes.release(fifo));
  const passing = lanes.used();
  const column = inputs.length > 0 ? Math.min(...inputs) : lanes.free(0);
  const reader = (fifo: string) => readers.get(fifo) ?? Number.POSITIVE_INFINITY;
  const soonest = [...stage.outputs].sort((a, b) => (reader(a) === reader(b) ? 0 : reader(a) - reader(b)));
  const outputs = soonest.map((fifo) => lanes.take(fifo, column));
  return { column, inputs, outputs, passing };
}

const readerRows = (stages: readonly Wires[]): Map<string, number> =>
  new Map(stages.flatMap(({ inputs }, row) => inputs.map((fifo) => [fifo, row] as const)));

class Lanes {
  private readonly fifos: (string | undefined)[] = [];

  /** Gives the FIFO the first free lane from `from` on. */
  take(fifo: string, from: number): number {
    const lane = this.free(from);
    this.fifos[lane] = fifo;
    return lane;
  }

  free(from: number): number {
    let lane = from;
    while (this.fifos[lane] !== undefined) lane++;
    return lane;
  }

  release(fifo: string): number[] {
    const lane = this.fifos.indexOf(fifo);
    if (lane < 0) return [];
    this.fifos[lane] = undefined;
    return [lane];
  }

  used(): number[] {
    return [...this.fifos.keys()].filter((lane) => this.fifos[lane] !== undefined);
  }
}
