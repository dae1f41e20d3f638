/** AMD's tools. Which of the HLS front ends there is depends on the release. */
import type { ToolSpec } from "../build/tool.ts";

const VERSION = /(?:vivado|vitis(?:[ _-](?:hls|run))?|v\+\+|hls build)[^\n]*?\bv(\d{4}\.\d(?:\.\d+)?)/i;
const HOW_TO_GET =
  "Install Vitis from AMD's download page (the free edition has the Ultra96 v2's XCZU3EG), then source its settings64.sh.";

const HLS: ToolSpec = {
  name: "Vitis HLS",
  executables: ["vitis-run", "vitis_hls", "v++", "vivado_hls"],
  overrides: ["BITLOOM_VITIS_HLS"],
  versionArguments: ["-version"],
  versionPattern: VERSION,
  neededFor: "csynth, cosim and export of the generated project",
  howToGet: HOW_TO_GET,
};

const VIVADO: ToolSpec = {
  name: "Vivado",
  executables: ["vivado"],
  overrides: ["BITLOOM_VIVADO"],
  versionArguments: ["-version"],
  versionPattern: VERSION,
  neededFor: "the bitstream",
  howToGet: HOW_TO_GET,
};

export const VIVADO_TOOLS: readonly ToolSpec[] = [HLS, VIVADO];
