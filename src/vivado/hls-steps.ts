/**
 * csim, csynth, cosim and export of a generated HLS project, each a step of its own.
 *
 * In the Tcl flow a stage file `tcl/STAGE.tcl` says which stage the project's script.tcl runs: vitis-run hands no arguments to a
 * script. In the configuration-file flow v++ synthesizes and vitis-run does the rest, all by hls_config.cfg.
 */
import type { Content, Finding, Step } from "../build/plan.ts";
import { type CheckedStep, checkLog, readReport, toolCall } from "./checked-step.ts";
import type { HlsTools } from "./discover.ts";

export type HlsStage = "csim" | "csynth" | "cosim" | "export";

export interface HlsProject {
  /** Name of the top function; the folders of the HLS project are named after it. */
  readonly top: string;
  /** Files that the tools read: sources, testbench, vectors, script.tcl and hls_config.cfg. */
  readonly inputs: readonly string[];
  readonly timeoutSeconds: Readonly<Record<HlsStage, number>>;
}

export interface HlsSteps {
  readonly files: ReadonlyMap<string, Content>;
  readonly steps: readonly CheckedStep[];
  /** The folder with the exported IP, for Vivado. */
  readonly ipFolder: string;
}

/** In the order in which they run. */
export const HLS_STAGES = ["csim", "csynth", "cosim", "export"] as const satisfies readonly HlsStage[];

/** csim has a folder of its own, so that synthesis can begin anew without undoing it. */
const projectFolder = (top: string, stage: HlsStage): string => `${top}_${stage === "csim" ? "csim" : "hls"}`;

/** VENDOR.md §2.4: the same names below `solution1` and below the `hls` of a work folder. */
function placeOf({ top }: HlsProject, tools: HlsTools, stage: HlsStage): string {
  return `${projectFolder(top, stage)}/${tools.flow === "tcl" ? "solution1" : "hls"}`;
}

export function hlsSteps(project: HlsProject, tools: HlsTools, stages: readonly HlsStage[] = HLS_STAGES): HlsSteps {
  const chosen = HLS_STAGES.filter((stage) => stages.includes(stage));
  const files = tools.flow === "tcl" ? chosen.map((stage) => [stageFile(stage), stageScript(stage)] as const) : [];
  return {
    files: new Map(files),
    steps: chosen.map((stage) => stageStep(project, tools, stage)),
    ipFolder: `${placeOf(project, tools, "export")}/impl/ip`,
  };
}

const stageFile = (stage: HlsStage): string => `tcl/${stage}.tcl`;

const stageScript = (stage: HlsStage): string => `# Runs one stage of script.tcl.
set ::env(BITLOOM_STEPS) {${stage}}
source [file join [file dirname [file dirname [file normalize [info script]]]] script.tcl]
`;

function stageStep(project: HlsProject, tools: HlsTools, stage: HlsStage): CheckedStep {
  const place = placeOf(project, tools, stage);
  const products = productsOf(project.top, stage).map((file) => `${place}/${file}`);
  const before = stage === "cosim" || stage === "export" ? productsOf(project.top, "csynth") : [];
  const step: Step = {
    name: stage,
    ...call(project, tools, stage),
    inputs: [
      ...project.inputs,
      ...(tools.flow === "tcl" ? [stageFile(stage)] : []),
      ...before.map((file) => `${place}/${file}`),
    ],
    products,
    timeoutSeconds: project.timeoutSeconds[stage],
  };
  return { ...step, check: (folder, log) => CHECKS[stage](folder, log, products) };
}

function productsOf(top: string, stage: HlsStage): string[] {
  switch (stage) {
    case "csim":
      return [`csim/report/${top}_csim.log`];
    case "csynth":
      return [`syn/report/${top}_csynth.xml`, "syn/report/csynth.xml"];
    case "cosim":
      return [`sim/report/${top}_cosim.rpt`];
    case "export":
      return ["impl/ip/component.xml"];
  }
}

function call({ top }: HlsProject, tools: HlsTools, stage: HlsStage) {
  if (tools.flow === "config") {
    const common = ["--mode", "hls", "--config", "hls_config.cfg", "--work_dir", projectFolder(top, stage)];
    if (stage === "csynth") return toolCall(tools.compile, ["-c", ...common]);
    return toolCall(tools.run, [...common, stage === "export" ? "--package" : `--${stage}`]);
  }
  const file = stageFile(stage);
  return toolCall(tools.tool, tools.front === "vitis-run" ? ["--mode", "hls", "--tcl", file] : ["-f", file]);
}

type Check = (folder: string, log: string, products: readonly string[]) => Promise<Finding[]>;

const CHECKS: Readonly<Record<HlsStage, Check>> = {
  csim: (_folder, log) =>
    checkLog(log, ({ csim }) => (csim === "pass" ? [] : [noVerdict("C simulation", "CSim done with 0 errors")])),
  csynth: async (folder, log, [report = ""]) => [
    ...(await checkLog(log, () => [])),
    ...findingsOf(await readReport(folder, report, ["hls_csynth_xml", "hls_csynth_xml_all"])),
  ],
  cosim: async (folder, log, [report = ""]) => [
    ...(await checkLog(log, ({ cosim, deadlockAt }) =>
      deadlockAt !== null
        ? [deadlock(deadlockAt)]
        : cosim === "pass"
          ? []
          : [noVerdict("co-simulation", "C/RTL co-simulation finished: PASS")],
    )),
    ...findingsOf(await readReport(folder, report, ["hls_cosim_rpt"])),
  ],
  export: (_folder, log) => checkLog(log, () => []),
};

const findingsOf = (read: { values: unknown } | Finding): Finding[] => ("message" in read ? [read] : []);

const noVerdict = (what: string, line: string): Finding => ({
  message: `the log of the ${what} does not say "${line}"`,
  hint: "The messages of the log say what happened.",
});

const deadlock = (time: string): Finding => ({
  message: `the co-simulation found a deadlock at ${time}`,
  hint: "A FIFO is too shallow, or the testbench gives too few frames: please report the model as a bug of Bitloom.",
});
