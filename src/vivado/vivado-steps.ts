/** From the exported IP to the bitstream: block design, synthesis, implementation, each a session of Vivado. */
import type { Content, Finding } from "../build/plan.ts";
import type { DrcSummary } from "../report/resource-report.ts";
import { type BlockDesign, BOARD_FOLDER, blockDesignFiles, VIVADO_FOLDER } from "./block-design.ts";
import { type CheckedStep, checkLog, readReport, toolCall } from "./checked-step.ts";
import type { VendorTool } from "./discover.ts";

export type VivadoStage = "block-design" | "synthesis" | "implementation";

export interface VivadoSteps {
  readonly files: ReadonlyMap<string, Content>;
  readonly steps: readonly CheckedStep[];
}

/** What the driver loads, what other tools of AMD take, and the clock that was reached. */
export const VIVADO_PRODUCTS = {
  bitstream: `${BOARD_FOLDER}/accelerator.bit`,
  handOff: `${BOARD_FOLDER}/accelerator.hwh`,
  platform: `${VIVADO_FOLDER}/accelerator.xsa`,
  clock: `${VIVADO_FOLDER}/reports/clock.json`,
} as const;

const report = (name: string): string => `${VIVADO_FOLDER}/reports/${name}.rpt`;

const PRODUCTS: Readonly<Record<VivadoStage, readonly string[]>> = {
  // The later sessions write into the project file, so it is no product: it would look changed afterwards.
  "block-design": [VIVADO_PRODUCTS.clock],
  synthesis: [report("utilization_synth")],
  implementation: [
    VIVADO_PRODUCTS.bitstream,
    VIVADO_PRODUCTS.handOff,
    VIVADO_PRODUCTS.platform,
    ...["utilization", "utilization_hierarchical", "timing", "power", "drc", "route_status"].map(report),
  ],
};

const STAGES = ["block-design", "synthesis", "implementation"] as const;

export function vivadoSteps(
  design: Omit<BlockDesign, "release">,
  vivado: VendorTool,
  timeoutSeconds: Readonly<Record<VivadoStage, number>>,
): VivadoSteps {
  const files = blockDesignFiles({ ...design, release: vivado.executable.version });
  const before = (stage: VivadoStage): readonly string[] =>
    stage === "block-design"
      ? [`${design.ipFolder}/component.xml`]
      : PRODUCTS[STAGES[STAGES.indexOf(stage) - 1] ?? stage];
  const steps = STAGES.map(
    (stage): CheckedStep => ({
      name: stage,
      ...toolCall(vivado, [
        ...["-mode", "batch", "-notrace", "-nojournal", "-log", `${VIVADO_FOLDER}/${stage}.log`],
        ...["-source", `${VIVADO_FOLDER}/build.tcl`, "-tclargs", stage],
      ]),
      inputs: [...files.keys(), ...before(stage)],
      products: PRODUCTS[stage],
      timeoutSeconds: timeoutSeconds[stage],
      check: async (folder, log) => [
        ...(await checkLog(log, () => [])),
        ...(stage === "implementation" ? await checkImplementation(folder) : []),
      ],
    }),
  );
  return { files, steps };
}

interface TimingValues {
  readonly WNS: number | "NA" | null;
  readonly WHS: number | "NA" | null;
  readonly message: string | null;
}
interface RouteValues {
  readonly unroutedNets: number | null;
  readonly netsWithRoutingErrors: number | null;
}
interface DrcValues {
  readonly rules: DrcSummary["rules"] | null;
}

/** Vivado writes a bitstream and exits with 0 all the same (VENDOR.md §1.6). */
async function checkImplementation(folder: string): Promise<Finding[]> {
  const check = async <V>(name: string, kind: string, judge: (values: V) => Finding[]) => {
    const read = await readReport<V>(folder, report(name), [kind]);
    return "message" in read ? [read] : judge(read.values);
  };
  return [
    ...(await check("timing", "vivado_timing", judgeTiming)),
    ...(await check("route_status", "vivado_route_status", judgeRouting)),
    ...(await check("drc", "vivado_drc", judgeDrc)),
  ];
}

function judgeTiming({ WNS, WHS, message }: TimingValues): Finding[] {
  const bad = [
    ...(typeof WNS === "number" && WNS < 0 ? [`setup by ${-WNS} ns`] : []),
    ...(typeof WHS === "number" && WHS < 0 ? [`hold by ${-WHS} ns`] : []),
  ];
  if (bad.length === 0 && message === "met") return [];
  return [
    {
      message: `the design misses its timing: ${bad.join(", ") || "constraints are not met"}`,
      hint: "Lower the clock, or choose a folding with shorter paths.",
    },
  ];
}

function judgeRouting({ unroutedNets, netsWithRoutingErrors }: RouteValues): Finding[] {
  const open = (unroutedNets ?? 0) + (netsWithRoutingErrors ?? 0);
  if (open === 0) return [];
  return [
    { message: `${open} nets are not routed`, hint: "The device is too full: choose a folding that needs less of it." },
  ];
}

const judgeDrc = ({ rules }: DrcValues): Finding[] =>
  (rules ?? [])
    .filter(({ severity }) => severity === "Error")
    .map(({ rule, description }) => ({
      message: `design rule ${rule} is violated: ${description}`,
      hint: `vivado/reports/drc.rpt has the details of ${rule}.`,
    }));
