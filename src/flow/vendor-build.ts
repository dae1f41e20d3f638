/** From a project to a bitstream by AMD's tools: which steps there are, and the plan of them. Pure but for the search of the tools. */
import { availableParallelism } from "node:os";
import type { Plan } from "../build/plan.ts";
import { makePlan } from "../build/plan.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { PORTS } from "../vivado/block-design.ts";
import type { HlsTools, VendorTool } from "../vivado/discover.ts";
import { findHls, findVivado } from "../vivado/discover.ts";
import { hlsSteps } from "../vivado/hls-steps.ts";
import { releaseTraps } from "../vivado/traps.ts";
import { vivadoSteps } from "../vivado/vivado-steps.ts";
import type { Project } from "./project.ts";
import type { VendorStep } from "./vendor-steps.ts";
import { HLS_STEPS, VENDOR_STEPS, VIVADO_STEPS } from "./vendor-steps.ts";

export interface VendorTools {
  readonly hls: HlsTools;
  /** Needed for the steps after the export only. */
  readonly vivado: VendorTool | undefined;
}

const HOUR = 3600;
/** Generous: they end what hangs, not what is slow. */
const HLS_TIMEOUTS = { csim: HOUR, csynth: 8 * HOUR, cosim: 24 * HOUR, export: 2 * HOUR };
const VIVADO_TIMEOUTS = { "block-design": HOUR, synthesis: 8 * HOUR, implementation: 24 * HOUR };

const needsVivado = (until: VendorStep): boolean => VIVADO_STEPS.some((stage) => stage === until);

/** Rejects with a ToolError that says where it looked and how to get the tool. */
export async function findVendorTools(until: VendorStep): Promise<VendorTools> {
  const hls = await findHls();
  return { hls, vivado: needsVivado(until) ? await findVivado() : undefined };
}

/** What is known to be wrong with these releases. */
export const toolWarnings = ({ hls }: VendorTools): Diagnostic[] => {
  const { name, version } = (hls.flow === "tcl" ? hls.tool : hls.run).executable;
  return releaseTraps(name, version);
};

/** The project's files and the steps up to and including `until`. */
export function planVendorBuild(project: Project, { hls, vivado }: VendorTools, until: VendorStep): Plan {
  const { scheduled, files, board, clockMegahertz, axiStream } = project;
  const top = scheduled.graph.name;
  const wanted = new Set<string>(VENDOR_STEPS.slice(0, VENDOR_STEPS.indexOf(until) + 1));
  const inputs = [...files.keys()].filter((path) => /^(src|tb|data)\/|^script\.tcl$|^hls_config\.cfg$/.test(path));
  const hlsProject = { top, inputs, timeoutSeconds: HLS_TIMEOUTS };
  const synthesis = hlsSteps(
    hlsProject,
    hls,
    HLS_STEPS.filter((stage) => wanted.has(stage)),
  );
  if (!vivado) return makePlan(new Map([...files, ...synthesis.files]), synthesis.steps);
  const variant = axiStream ? "stream" : "memory";
  const { ipFolder } = synthesis;
  const design = {
    board,
    top,
    variant,
    ports: PORTS[variant],
    clockMegahertz,
    ipFolder,
    jobs: availableParallelism(),
  } as const;
  const implementation = vivadoSteps(design, vivado, VIVADO_TIMEOUTS);
  const steps = [...synthesis.steps, ...implementation.steps.filter(({ name }) => wanted.has(name))];
  return makePlan(new Map([...files, ...synthesis.files, ...implementation.files]), steps);
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
