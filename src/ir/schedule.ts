/** A graph as hardware: stages that run at the same time, joined by FIFOs. What the back ends turn into files. */
import type { Graph, Node, Stream } from "./graph.ts";
import type { Folding } from "./layer.ts";

interface StageBase {
  readonly name: string;
  /** Names of the FIFOs that the stage reads, in the order of its inputs. */
  readonly inputs: readonly string[];
  /** Names of the FIFOs that it writes: one, or for a fork several. */
  readonly outputs: readonly string[];
  /** Clock cycles between two frames if nothing else held the stage up. */
  readonly cycles: number;
}

/**
 * One node, or elementwise nodes that are computed together for each beat (in topological order; only the last one's stream
 * leaves the stage; `inputs` are the streams that come from outside, in the order in which the nodes first name them). An
 * elementwise stage reads a stream once however often its nodes name it; any other node reads each of its inputs by itself.
 */
export interface LayerStage extends StageBase {
  readonly kind: "layer";
  readonly nodes: readonly Node[];
  readonly folding: Folding;
}

/** Copies every beat to each of its outputs. */
export interface ForkStage extends StageBase {
  readonly kind: "fork";
}

/** Repacks beats of some lanes into beats of others; the order of the elements stays. */
export interface ConvertStage extends StageBase {
  readonly kind: "convert";
}

export type Stage = LayerStage | ForkStage | ConvertStage;

export interface Fifo {
  readonly name: string;
  /** The node (or graph input) whose values flow here. */
  readonly source: string;
  readonly stream: Stream;
  /** Elements per beat: element 0 in the lowest bits. Elements come pixel by pixel in row-major order, channels last. */
  readonly lanes: number;
  /** Beats that it must be able to hold. */
  readonly depth: number;
}

export interface ScheduledGraph {
  readonly graph: Graph;
  /** In topological order. */
  readonly stages: readonly Stage[];
  readonly fifos: ReadonlyMap<string, Fifo>;
  /** The FIFO that the input port fills and the one that the output port empties. */
  readonly inputFifo: string;
  readonly outputFifo: string;
  /** Clock cycles per frame of the slowest stage. */
  readonly cyclesPerFrame: number;
}
