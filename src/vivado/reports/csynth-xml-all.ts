/** `csynth.xml` of releases after 2020.2: the estimates of the top and of every module below it. */

import { withNodes } from "../../report/compose.ts";
import { readCsynthAll } from "./csynth-read.ts";
import { csynthAllSchema } from "./csynth-schema.ts";
import { csynthOrigin, hasModules, isCsynthXml, WANTED } from "./csynth-xml.ts";
import { foldCsynth } from "./fold-csynth.ts";
import { rangeOf, resourcesOfHls } from "./hls-values.ts";
import { defineKind } from "./report-kind.ts";
import { parseXml } from "./xml.ts";

export const csynthXmlAll = defineKind({
  kind: "hls_csynth_xml_all",
  tool: "HLS",
  schema: csynthAllSchema,
  wanted: WANTED,
  recognise: (opening, source) => isCsynthXml(opening) && hasModules(source),
  async read(source) {
    const profile = await parseXml(source, "hls_csynth_xml_all");
    return { ...csynthOrigin(profile), values: readCsynthAll(profile) };
  },
  fold(report, values, { kind, device }) {
    const nodes = values.modules.map((module) => ({
      name: module.name,
      module: module.name,
      stage: "estimate" as const,
      scope: "core" as const,
      used: resourcesOfHls(module.used),
      latencyCycles: rangeOf(module.latencyMin, module.latencyAvg, module.latencyMax),
      intervalCycles: rangeOf(module.intervalMin, null, module.intervalMax),
    }));
    return withNodes(foldCsynth(report, values, device, kind), nodes);
  },
});
