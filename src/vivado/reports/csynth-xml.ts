/** `<top>_csynth.xml`, `<module>_csynth.xml`, and `csynth.xml` up to 2020.2: the estimate of one function. */

import { readCsynth } from "./csynth-read.ts";
import { type Csynth, csynthSchema } from "./csynth-schema.ts";
import { foldCsynth } from "./fold-csynth.ts";
import { defineKind } from "./report-kind.ts";
import type { Source } from "./source.ts";
import { parseXml, textAt, type XmlNode } from "./xml.ts";

export const WANTED = [
  "top",
  "clockTargetNs",
  "clockEstimatedNs",
  "latencyMin",
  "latencyMax",
  "intervalMin",
  "intervalMax",
  "used",
  "available",
] as const satisfies readonly (keyof Csynth)[];

export const isCsynthXml = (opening: string): boolean =>
  /<profile\b/.test(opening) && opening.includes("<UserAssignments");

/** Only the file about all modules has this; it stands far behind the start. */
export const hasModules = (source: Source): boolean => source.text().includes("<ModuleInformation");

export const csynthOrigin = (profile: XmlNode) => ({
  toolVersion: textAt(profile, "ReportVersion/Version") ?? null,
  device: textAt(profile, "UserAssignments/Part") ?? null,
});

export const csynthXml = defineKind({
  kind: "hls_csynth_xml",
  tool: "HLS",
  schema: csynthSchema,
  wanted: WANTED,
  recognise: (opening, source) => isCsynthXml(opening) && !hasModules(source),
  async read(source) {
    const profile = await parseXml(source, "hls_csynth_xml");
    return { ...csynthOrigin(profile), values: readCsynth(profile) };
  },
  fold: (report, values, { kind, device }) => foldCsynth(report, values, device, kind),
});
