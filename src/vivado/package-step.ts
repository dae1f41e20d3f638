/** The step that makes an IP of SystemVerilog by Vivado alone, in the place of HLS's export. */
import { readFileSync } from "node:fs";
import type { Content } from "../build/plan.ts";
import { packageFile } from "../package-root.ts";
import { VIVADO_FOLDER } from "./block-design.ts";
import { type CheckedStep, checkLog, toolCall } from "./checked-step.ts";
import type { VendorTool } from "./discover.ts";
import { tclWord } from "./tcl-word.ts";

export interface RtlPackage {
  /** Of the IP; its top module is NAME_axi. */
  readonly name: string;
  readonly part: string;
  readonly interfaces: readonly string[];
  readonly registers: readonly (readonly [name: string, offset: number])[];
  readonly controlBits: readonly (readonly [name: string, bit: number])[];
  /** Files, relative to the build folder. */
  readonly sources: readonly string[];
  readonly timeoutSeconds: number;
}

/** Of the IP, relative to the build folder. */
export const RTL_IP_FOLDER = `${VIVADO_FOLDER}/ip`;
const SCRIPT = `${VIVADO_FOLDER}/package.tcl`;
const SETTINGS = `${VIVADO_FOLDER}/package_settings.tcl`;

export function packageStep(rtl: RtlPackage, vivado: VendorTool): { files: Map<string, Content>; step: CheckedStep } {
  const log = ["-mode", "batch", "-notrace", "-nojournal", "-log", `${VIVADO_FOLDER}/package.log`];
  return {
    files: new Map([
      [SCRIPT, readFileSync(packageFile("src/templates/vivado/package/package.tcl"), "utf8")],
      [SETTINGS, settings(rtl)],
    ]),
    step: {
      name: "package",
      ...toolCall(vivado, [...log, "-source", SCRIPT]),
      inputs: [SCRIPT, SETTINGS, ...rtl.sources],
      products: [`${RTL_IP_FOLDER}/component.xml`],
      timeoutSeconds: rtl.timeoutSeconds,
      check: (_folder, path) => checkLog(path, () => []),
    },
  };
}

function settings({ name, part, interfaces, registers, controlBits, sources }: RtlPackage): string {
  const pairs = (list: readonly (readonly [string, number])[]) => list.map((pair) => pair.join(" ")).join(" ");
  return [
    "# Names and files of this build.",
    `set name ${tclWord(name)}`,
    `set top ${tclWord(`${name}_axi`)}`,
    `set part ${tclWord(part)}`,
    `set interfaces ${tclWord(interfaces.join(" "))}`,
    `set registers ${tclWord(pairs(registers))}`,
    `set control_bits ${tclWord(pairs(controlBits))}`,
    `set ip_folder [file join [file dirname $here] ${tclWord(RTL_IP_FOLDER)}]`,
    "set sources {}",
    ...sources.map((path) => `lappend sources [file join [file dirname $here] ${tclWord(path)}]`),
    "",
  ].join("\n");
}
