/**
 * HLS C++ of a scheduled graph. Pure: gives the files of a project by path.
 *
 *     src/NAME.cpp, .hpp              top: ports, streams, one call for each stage
 *     src/stages/STAGE.cpp, .hpp      a stage; its constants in STAGE_parameters.hpp
 *     src/kernels/*.hpp               the templates that the stages call, as they stand in Bitloom
 *     src/ap_width.hpp                AP_INT_MAX_W
 *     tb/testbench.cpp                reads data/input.bin, compares with data/expected.bin
 *     script.tcl, hls_config.cfg      csim, csynth, cosim and export for both flows of the vendor's tools
 *
 * csim without them: compile every .cpp with a C++14 compiler and the include folders sim/hls-headers/ap and
 * sim/hls-headers/hls; -DBITLOOM_TAPS adds the taps of src/templates/hls/tap.hpp, and BITLOOM_TAP_DIR says where they go;
 * -DBITLOOM_AS_SYNTHESIZED runs the forms that hardware gets. Fast with -O3 -march=native: popcount is then one instruction.
 */
import { streamOf } from "../../ir/graph.ts";
import type { HlsStage } from "../../ir/hls/stage.ts";
import { contextOf, layerOf } from "../../ir/infer.ts";
import type { LayerRegistry } from "../../ir/layer.ts";
import type { LayerStage, ScheduledGraph } from "../../ir/schedule.ts";
import { render } from "../template.ts";
import { elementwiseStage } from "./elementwise.ts";
import { kernelFiles } from "./kernels.ts";
import type { HlsProjectOptions } from "./options.ts";
import { scriptFiles } from "./scripts.ts";
import { stageFiles } from "./stage-files.ts";
import { fifoOf, topFiles } from "./top.ts";
import { widestInteger } from "./widths.ts";

export type { HlsProjectOptions } from "./options.ts";

export function generateHls(
  scheduled: ScheduledGraph,
  registry: LayerRegistry,
  options: HlsProjectOptions,
): Map<string, string | Uint8Array> {
  const stages = scheduled.stages.filter((stage) => stage.kind === "layer");
  const described = stages.map((stage) => ({ stage, hls: describe(scheduled, registry, stage, options) }));
  const headers = described.flatMap(({ hls }) => hls.headers);
  const kernels = kernelFiles([...headers, "fork.hpp", "port.hpp", "repack.hpp", "tap.hpp"]);
  const width = widestInteger(
    scheduled,
    described.map(({ hls }) => hls),
  );
  return new Map<string, string | Uint8Array>([
    ...topFiles(scheduled, options),
    ...described.flatMap(({ stage, hls }) => {
      const inputs = stage.inputs.map((name) => fifoOf(scheduled, name));
      return [...stageFiles(stage, hls, inputs, fifoOf(scheduled, stage.outputs[0] as string))];
    }),
    ...[...kernels].map(([name, text]) => [`src/kernels/${name}`, text] as const),
    ["src/ap_width.hpp", render("hls/ap_width.hpp.hbs", { width })],
    ...scriptFiles(scheduled, options),
  ]);
}

function describe(
  scheduled: ScheduledGraph,
  registry: LayerRegistry,
  stage: LayerStage,
  { allowDsp }: HlsProjectOptions,
): HlsStage {
  const { graph } = scheduled;
  const { nodes, folding } = stage;
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) throw new Error(`internal error: stage ${stage.name} has no node`);
  const inputs = stage.inputs.map((name) => fifoOf(scheduled, name));
  const hlsOptions = {
    folding,
    outputLanes: fifoOf(scheduled, stage.outputs[0] as string).lanes,
    output: streamOf(graph, last.name),
    allowDsp,
  };
  const layer = layerOf(registry, first);
  const context = contextOf(graph, first, graph.streams);
  if (layer.hls && context) return layer.hls(context, hlsOptions);
  return elementwiseStage({ graph, registry, nodes, inputs: inputs.map(({ source }) => source) }, hlsOptions);
}
