/** A small network of most kinds, for tests that show all of one. */
import { unsignedInteger } from "../../src/ir/data-type.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { layers } from "../../src/layers/index.ts";
import { GraphBuilder } from "./graph-builder.ts";

export function smallNetwork(): Graph {
  // `small` is a keyword of SystemVerilog.
  const build = new GraphBuilder("tiny", { name: "image", shape: [1, 5, 5], type: unsignedInteger(8) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
  const MAP = "ap_fixed<12,6,AP_RND,AP_SAT>";
  build.node("thermometer", "encoded", ["image"], { levels: 4, step: 64 });
  build.node("conv2d", "first", ["encoded"], { weight: build.bipolar([4, 4, 3, 3]), padding });
  build.node("affine", "norm", ["first"], { scale: build.fixed([4]), bias: build.fixed([4]), type: MAP });
  build.node("prelu", "bent", ["norm"], { slope: build.constant(40), type: MAP });
  build.node("conv2d", "second", ["bent"], { weight: build.fixed([4, 2, 1, 1]), groups: 2, accumulator: MAP });
  build.node("add", "joined", ["bent", "second"], { type: MAP });
  build.node("max-pool", "pooled", ["joined"], { kernel: [2, 2], stride: [2, 2] });
  build.node("dense", "scores", ["pooled"], { weight: build.fixed([3, 16], -3, 3) });
  return build.graph("scores", layers);
}
