/** What a layer says of its stage in SystemVerilog. */
import type { Stream } from "../graph.ts";
import type { Folding } from "../layer.ts";
import type { Loadable } from "./weight-memories.ts";

export interface RtlOptions {
  readonly folding: Folding;
  /** Elements per beat of the output. */
  readonly outputLanes: number;
  readonly output: Stream;
}

export interface RtlStage {
  /** The body of the stage's module: it sees `clk`, `rst`, and of each stream `in0`, `in1`, ... and `out` data, valid and ready. */
  readonly body: readonly string[];
  /** The body then has links `weights_in` and `weights_out` of the chain of loaders, too. */
  readonly loadable?: Loadable | undefined;
}
