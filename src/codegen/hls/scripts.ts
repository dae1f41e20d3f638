/** Testbench and scripts for the vendor's tools. */
import type { ScheduledGraph } from "../../ir/schedule.ts";
import { render } from "../template.ts";
import type { HlsProjectOptions } from "./options.ts";

export function scriptFiles({ graph, stages }: ScheduledGraph, options: HlsProjectOptions): Map<string, string> {
  const layers = stages.filter(({ kind }) => kind === "layer").map(({ name }) => `src/stages/${name}.cpp`);
  const data = {
    name: graph.name,
    sources: [`src/${graph.name}.cpp`, ...layers],
    part: options.part,
    period: 1000 / options.clockMegahertz,
    frames: options.cosimFrames,
    axiStream: options.axiStream,
    allowDsp: options.allowDsp,
  };
  return new Map([
    ["tb/testbench.cpp", render("hls/testbench.cpp.hbs", data)],
    ["script.tcl", render("hls/script.tcl.hbs", data)],
    ["hls_config.cfg", render("hls/hls_config.cfg.hbs", data)],
  ]);
}
