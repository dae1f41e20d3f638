/** Elementwise nodes as one stage: a pipeline behind a join. */

import { elementwiseChain } from "../../ir/rtl/chain.ts";
import { elementwiseLanes } from "../../ir/rtl/elementwise.ts";
import { pipelineControl } from "../../ir/rtl/pipeline.ts";
import type { RtlOptions, RtlStage } from "../../ir/rtl/stage.ts";
import { CLOCK, indexBits, instance } from "../../ir/rtl/verilog.ts";
import type { ElementwiseNodes } from "../elementwise-nodes.ts";

export function elementwiseStage(stage: ElementwiseNodes, { output, outputLanes }: RtlOptions): RtlStage {
  const all = (end: string) =>
    `{${stage.inputs
      .map((_, i) => `in${i}_${end}`)
      .reverse()
      .join(", ")}}`;
  const chain = elementwiseChain(stage.graph, stage.registry, stage);
  const { depth, lines, usesRow } = elementwiseLanes(chain, outputLanes);
  return {
    body: [
      "wire beat_valid, beat_ready;",
      ...instance(
        "join",
        "join_inputs",
        { inputs: stage.inputs.length },
        { in_valid: all("valid"), in_ready: all("ready"), out_valid: "beat_valid", out_ready: "beat_ready" },
      ),
      ...pipelineControl(depth, "beat"),
      ...(usesRow ? rowCounter(output.shape[0] / outputLanes) : []),
      ...lines(),
    ],
  };
}

/** Beat of the pixel. */
const rowCounter = (rows: number): string[] => [
  `wire [${indexBits(rows) - 1}:0] row;`,
  ...instance(
    "counter",
    "count_rows",
    { count: rows },
    { ...CLOCK, step: "beat_valid && beat_ready", value: "row", last: "" },
  ),
];
