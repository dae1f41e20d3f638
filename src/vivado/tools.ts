/** AMD's tools as `doctor` shows them. */
import type { Executable } from "../build/plan.ts";
import type { HlsTools, VendorTool } from "./discover.ts";
import { findHls, findVivado } from "./discover.ts";

const HOW_TO_GET =
  "Install Vitis from AMD's download page (the free edition has the Ultra96 v2's XCZU3EG), then source its settings64.sh.";

/** Where there is a settings64.sh, bash calls the tool. */
const called = ({ executable, prefix }: VendorTool): Executable => ({
  ...executable,
  path: prefix.at(-1) ?? executable.path,
});

const main = (tools: HlsTools): VendorTool => (tools.flow === "tcl" ? tools.tool : tools.run);

export const VENDOR_TOOLS = [
  {
    name: "Vitis HLS",
    neededFor: "csynth, cosim and export of the generated project",
    howToGet: HOW_TO_GET,
    find: async () => called(main(await findHls())),
  },
  {
    name: "Vivado",
    neededFor: "the bitstream",
    howToGet: HOW_TO_GET,
    find: async () => called(await findVivado()),
  },
] as const;
