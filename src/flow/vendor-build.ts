/** From a project to a bitstream by AMD's tools: which steps there are, and the plan of them. Pure but for the search of the tools. */
import { availableParallelism } from "node:os";
import type { Content, Plan, Step } from "../build/plan.ts";
import { makePlan } from "../build/plan.ts";
import { loadBoard } from "../codegen/board.ts";
import { axiInterfaces } from "../codegen/rtl/axi.ts";
import { isLoadable } from "../codegen/rtl/loading.ts";
import { CONTROL_BITS, registers } from "../codegen/rtl/registers.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { DiagnosticError, noStep } from "../diagnostics.ts";
import { PORTS } from "../vivado/block-design.ts";
import type { HlsTools, VendorTool } from "../vivado/discover.ts";
import { findHls, findVivado } from "../vivado/discover.ts";
import { hlsSteps } from "../vivado/hls-steps.ts";
import { packageStep, RTL_IP_FOLDER } from "../vivado/package-step.ts";
import { releaseTraps } from "../vivado/traps.ts";
import { vivadoSteps } from "../vivado/vivado-steps.ts";
import type { Project } from "./project.ts";
import type { VendorStep } from "./vendor-steps.ts";
import { BUILD_STEPS, HLS_STEPS, RTL_STEPS, VENDOR_STEPS } from "./vendor-steps.ts";

/** HLS C++ needs Vivado for the steps after the export only; SystemVerilog needs Vivado alone. */
export type VendorTools =
  | { readonly hls: HlsTools; readonly vivado: VendorTool | undefined }
  | { readonly hls: undefined; readonly vivado: VendorTool };

const HOUR = 3600;
/** Generous: they end what hangs, not what is slow. */
const HLS_TIMEOUTS = { csim: HOUR, csynth: 8 * HOUR, cosim: 24 * HOUR, export: 2 * HOUR };
const PACKAGE_TIMEOUT = HOUR;
const VIVADO_TIMEOUTS = { "block-design": HOUR, synthesis: 8 * HOUR, implementation: 24 * HOUR };

/** Rejects with a ToolError that says where it looked and how to get the tool. */
export async function findVendorTools(until: VendorStep, rtl: boolean): Promise<VendorTools> {
  if (rtl) return { hls: undefined, vivado: await findVivado() };
  const hls = await findHls();
  return { hls, vivado: HLS_STEPS.some((step) => step === until) ? undefined : await findVivado() };
}

/** What is known to be wrong with these releases. */
export function toolWarnings({ hls }: VendorTools): Diagnostic[] {
  if (!hls) return [];
  const { name, version } = (hls.flow === "tcl" ? hls.tool : hls.run).executable;
  return releaseTraps(name, version);
}

/** Throws a DiagnosticError if the back end has no such step. */
export function checkStep(until: VendorStep, rtl: boolean): void {
  const steps: readonly VendorStep[] = rtl ? RTL_STEPS : VENDOR_STEPS;
  if (!steps.includes(until)) throw new DiagnosticError([noStep(until, rtl, steps)]);
}

/** The project's files and the steps up to and including `until`. */
export function planVendorBuild(project: Project, tools: VendorTools, until: VendorStep): Plan {
  const { scheduled, files, board, clockMegahertz, axiStream } = project;
  const wanted = (step: Step): boolean => BUILD_STEPS.indexOf(step.name as VendorStep) <= BUILD_STEPS.indexOf(until);
  const ip = tools.hls ? exportOf(project, tools.hls) : packageOf(project, tools.vivado);
  const { vivado } = tools;
  if (!vivado) return makePlan(new Map([...files, ...ip.files]), ip.steps.filter(wanted));
  const variant = axiStream ? "stream" : "memory";
  const { ipFolder } = ip;
  const design = {
    board,
    top: scheduled.graph.name,
    variant,
    ports: PORTS[variant],
    clockMegahertz,
    ipFolder,
    jobs: availableParallelism(),
  } as const;
  const implementation = vivadoSteps(design, vivado, VIVADO_TIMEOUTS);
  const steps = [...ip.steps, ...implementation.steps].filter(wanted);
  return makePlan(new Map([...files, ...ip.files, ...implementation.files]), steps);
}

/** The steps that end with an IP. */
interface IpSteps {
  readonly files: ReadonlyMap<string, Content>;
  readonly steps: readonly Step[];
  readonly ipFolder: string;
}

function exportOf({ scheduled, files }: Project, hls: HlsTools): IpSteps {
  const inputs = [...files.keys()].filter((path) => /^(src|tb|data)\/|^script\.tcl$|^hls_config\.cfg$/.test(path));
  return hlsSteps({ top: scheduled.graph.name, inputs, timeoutSeconds: HLS_TIMEOUTS }, hls);
}

function packageOf({ scheduled, files, board, axiStream }: Project, vivado: VendorTool): IpSteps {
  const packaged = packageStep(
    {
      name: scheduled.graph.name,
      part: loadBoard(board).part,
      interfaces: axiInterfaces(axiStream),
      registers: registers(axiStream, isLoadable(scheduled.graph)),
      controlBits: CONTROL_BITS,
      sources: [...files.keys()].filter((path) => path.startsWith("rtl/")),
      timeoutSeconds: PACKAGE_TIMEOUT,
    },
    vivado,
  );
  return { files: packaged.files, steps: [packaged.step], ipFolder: RTL_IP_FOLDER };
}

/** The plan as text, for people who want to see it before anything runs. */
export function planText({ files, steps, digest }: Plan): string {
  const lines = steps.map(({ name, tool, arguments: words, products }, i) =>
    [
      `${i + 1}. ${name}: ${tool.name} ${tool.version}`,
      `   $ ${[tool.path, ...words].join(" ")}`,
      ...products.map((path) => `   -> ${path}`),
    ].join("\n"),
  );
  return [`${files.size} files, ${steps.length} steps, digest ${digest.slice(0, 12)}`, ...lines].join("\n");
}
