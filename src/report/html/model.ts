/** Questions that several parts of the page ask about a build. */
import type { BuildReport, FifoEntry, StageEntry } from "../build-report.ts";

export interface Reader {
  readonly stage: StageEntry;
  readonly row: number;
}

export interface Model {
  readonly report: BuildReport;
  readonly fifos: ReadonlyMap<string, FifoEntry>;
  /** The stage that writes a FIFO, and the one that reads it; none at the ports. */
  readonly writers: ReadonlyMap<string, Reader>;
  readonly readers: ReadonlyMap<string, Reader>;
  readonly framesPerSecond: number;
}

export function modelOf(report: BuildReport): Model {
  const ends = (side: "inputs" | "outputs") =>
    new Map(report.stages.flatMap((stage, row) => stage[side].map((fifo) => [fifo, { stage, row }] as const)));
  return {
    report,
    fifos: new Map(report.fifos.map((fifo) => [fifo.name, fifo])),
    writers: ends("outputs"),
    readers: ends("inputs"),
    framesPerSecond: (report.clockMegahertz * 1e6) / report.cyclesPerFrame,
  };
}

/** Anchor of a stage; by its place, since a name may hold anything. */
export const anchor = (row: number): string => `stage-${row + 1}`;

export const isBottleneck = (stage: StageEntry, { cyclesPerFrame }: BuildReport): boolean =>
  stage.cycles >= cyclesPerFrame;

/** What a stage computes, in short. */
export function kindText(stage: StageEntry): string {
  if (stage.kind === "fork") return `fork to ${stage.outputs.length}`;
  if (stage.kind === "convert") return "width converter";
  return stage.nodes.map(({ kind }) => kind).join(" → ");
}

export function foldingText({ folding }: StageEntry): string {
  if (!folding) return "–";
  const { pe, simd, blockRam } = folding;
  const memories = blockRam === "products" ? " · products in\u00a0block\u00a0RAM" : blockRam ? " · block\u00a0RAM" : "";
  return `PE ${pe} · SIMD ${simd}${memories}`;
}
