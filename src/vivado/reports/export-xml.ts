/** `export_syn.xml`, `export_impl.xml` and the older `<top>_export.xml` (VENDOR.md §1.5). */
import { z } from "zod";
import { withNodes } from "../../report/compose.ts";
import {
  exportResources,
  exportResourcesSchema,
  foldExport,
  type Instance,
  instanceSchema,
  nodesOfExport,
} from "./export-values.ts";
import { versionOf } from "./headers.ts";
import { numberOr } from "./number.ts";
import { defineKind } from "./report-kind.ts";
import { attribute, children, element, elements, parseXml, textAt, type XmlNode } from "./xml.ts";

/** `NA` for what was not run: the route after a mere synthesis. */
const period = z.union([z.number(), z.literal("NA")]).nullable();

const schema = z.strictObject({
  runType: z.enum(["synth", "impl"]).nullable(),
  /** As it stands: `v.2023.1`. */
  vivadoVersion: z.string().nullable(),
  TargetClockPeriod: period,
  AchievedClockPeriod: period,
  CP_FINAL: period,
  CP_SYNTH: period,
  CP_ROUTE: period,
  WNS_FINAL: period,
  TNS_FINAL: period,
  TIMING_MET: z.enum(["TRUE", "FALSE"]).nullable(),
  used: exportResourcesSchema.nullable(),
  available: exportResourcesSchema.nullable(),
  instances: z.array(instanceSchema),
});

export const exportXml = defineKind({
  kind: "hls_export_xml",
  tool: "Vivado",
  schema,
  wanted: ["AchievedClockPeriod", "used"],
  recognise: (opening) => /<profile\b/.test(opening) && /<(?:RunData|TimingReport|AreaReport)\b/.test(opening),
  async read(source) {
    const profile = await parseXml(source, "hls_export_xml");
    const timing = element(profile, "TimingReport");
    const number = (name: string) => numberOr(["NA"], textAt(timing, name));
    const word = <W extends string>(words: readonly W[], text: string | undefined) =>
      words.find((known) => known === text) ?? null;
    const version = textAt(profile, "RunData/VIVADO_VERSION");
    const values = {
      runType: word(["synth", "impl"], textAt(profile, "RunData/RUN_TYPE")),
      vivadoVersion: version ?? null,
      TargetClockPeriod: number("TargetClockPeriod"),
      AchievedClockPeriod: number("AchievedClockPeriod"),
      CP_FINAL: number("CP_FINAL"),
      CP_SYNTH: number("CP_SYNTH"),
      CP_ROUTE: number("CP_ROUTE"),
      WNS_FINAL: number("WNS_FINAL"),
      TNS_FINAL: number("TNS_FINAL"),
      TIMING_MET: word(["TRUE", "FALSE"], textAt(timing, "TIMING_MET")),
      used: readResources(element(profile, "AreaReport/Resources")),
      available: readResources(element(profile, "AreaReport/AvailableResources")),
      instances: elements(profile, "RtlModules/RtlModule").map(readInstance),
    };
    return { toolVersion: versionOf(version), device: null, values };
  },
  fold(report, values, { device, kind }) {
    const stage = values.runType === "impl" ? "implementation" : "synthesis";
    const number = (value: z.infer<typeof period>) => (typeof value === "number" ? value : null);
    const totals = {
      device,
      stage,
      used: values.used,
      available: values.available,
      targetNs: number(values.TargetClockPeriod),
      achievedNs: number(values.AchievedClockPeriod),
      source: kind,
    } as const;
    return withNodes(foldExport(report, totals), nodesOfExport(values.instances, stage));
  },
});

function readResources(node: XmlNode) {
  const texts = new Map(children(node).map(([name, child]) => [name, typeof child === "string" ? child : undefined]));
  const found = exportResources((name) => texts.get(name));
  return Object.keys(found).length > 0 ? found : null;
}

function readInstance(module: XmlNode): Instance {
  return {
    name: attribute(module, "DISPNAME") ?? attribute(module, "CELL") ?? "",
    module: attribute(module, "MODULENAME") ?? null,
    depth: Number.parseInt(attribute(module, "DEPTH") ?? "0", 10) || 0,
    used: exportResources((name) => attribute(element(module, "Resources"), name)),
  };
}
