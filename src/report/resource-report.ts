/**
 * What a build costs and how fast it is, from whichever tools ran. Estimates, synthesis and implementation are kept apart: for
 * one real design the HLS estimate of LUTs was 3.4 times what the implementation took (VENDOR.md §1.7).
 */
import { z } from "zod";

const amount = z.number().nonnegative().nullable();
const nanoseconds = z.number().nullable();

/** Amounts of the fabric; null where the tool does not say. Block RAM is in halves of 18 Kbit everywhere. */
export const resourcesSchema = z.strictObject({
  lut: amount,
  lutram: amount,
  ff: amount,
  bram18: amount,
  dsp: amount,
  uram: amount,
});

/**
 * `estimate`: by HLS or by a cost model; `netlist`: of the SystemVerilog, by Yosys; `synthesis`: of what HLS made, by Vivado;
 * `implementation`: placed and routed.
 */
const stageSchema = z.enum(["estimate", "netlist", "synthesis", "implementation"]);
/** `core`: the accelerator alone (out of context); `system`: with the processor's interconnect and DMA. */
const scopeSchema = z.enum(["core", "system"]);

const rangeSchema = z.strictObject({ min: amount, average: amount, max: amount });

const totalSchema = z.strictObject({
  stage: stageSchema,
  scope: scopeSchema,
  used: resourcesSchema,
  /** What the device has, as the tool says it. */
  available: resourcesSchema,
  /** Shortest clock period that the tool expects or reached. */
  clockNs: nanoseconds,
  source: z.string(),
});

/** LUTs and carry chains between two registers or ports: a LUT or a chain that is entered is a level each. */
const longestPathSchema = z.strictObject({
  luts: z.int().nonnegative(),
  chains: z.int().nonnegative(),
  /** The chains' length in CARRY8; a CARRY4 is a half. */
  carry8: z.number().nonnegative(),
  from: z.string(),
  to: z.string(),
});

/** What only a netlist tells. */
const netlistSchema = z.strictObject({
  /** LUTs that are shift registers; they count as LUT and LUT as memory too. */
  srl: amount,
  carry8: amount,
  ramb18: amount,
  ramb36: amount,
  longestPath: longestPathSchema.nullable(),
});

const nodeSchema = z.strictObject({
  /** The graph's node, or the tool's module where no node is known for it. */
  name: z.string(),
  module: z.string(),
  stage: stageSchema,
  scope: scopeSchema,
  used: resourcesSchema,
  latencyCycles: rangeSchema.nullable(),
  intervalCycles: rangeSchema.nullable(),
  netlist: netlistSchema.optional(),
});

const performanceSchema = z.strictObject({
  /** `measured`: in the simulation of the RTL. */
  by: z.enum(["estimate", "measured"]),
  latencyCycles: rangeSchema,
  intervalCycles: rangeSchema,
  framesPerSecond: amount,
});

const timingSchema = z.strictObject({
  met: z.boolean(),
  wnsNs: nanoseconds,
  tnsNs: nanoseconds,
  whsNs: nanoseconds,
  thsNs: nanoseconds,
  wpwsNs: nanoseconds,
  failingEndpoints: amount,
  clocks: z.array(z.strictObject({ name: z.string(), periodNs: z.number(), frequencyMhz: z.number() })),
});

const powerSchema = z.strictObject({
  totalW: z.number().nullable(),
  dynamicW: z.number().nullable(),
  staticW: z.number().nullable(),
  processorW: z.number().nullable(),
  junctionC: z.number().nullable(),
  confidence: z.string().nullable(),
});

const drcSchema = z.strictObject({
  error: z.int(),
  criticalWarning: z.int(),
  warning: z.int(),
  advisory: z.int(),
  rules: z.array(
    z.strictObject({ rule: z.string(), severity: z.string(), description: z.string(), count: z.int().nonnegative() }),
  ),
});

const routingSchema = z.strictObject({ routableNets: amount, routedNets: amount, netsWithErrors: amount });

const messageSchema = z.strictObject({
  severity: z.enum(["fatal", "error", "critical warning", "warning"]),
  /** `Timing 38-282`; null where the tool gives none. */
  code: z.string().nullable(),
  text: z.string(),
  hint: z.string().nullable(),
  count: z.int().positive(),
  source: z.string(),
});

export const resourceReportSchema = z.strictObject({
  version: z.literal(1),
  design: z.string().nullable(),
  part: z.string().nullable(),
  tools: z.array(z.string()),
  /** The board's resources. */
  budget: resourcesSchema.nullable(),
  clock: z.strictObject({
    targetNs: nanoseconds,
    /** The clock that the accelerator runs with, from which frames/s follow. */
    runNs: nanoseconds,
  }),
  totals: z.array(totalSchema),
  nodes: z.array(nodeSchema),
  performance: z.array(performanceSchema),
  timing: timingSchema.nullable(),
  power: powerSchema.nullable(),
  drc: drcSchema.nullable(),
  routing: routingSchema.nullable(),
  messages: z.array(messageSchema),
});

export type Resources = z.infer<typeof resourcesSchema>;
export type Stage = z.infer<typeof stageSchema>;
export type Scope = z.infer<typeof scopeSchema>;
export type Range = z.infer<typeof rangeSchema>;
export type Total = z.infer<typeof totalSchema>;
export type NodeUsage = z.infer<typeof nodeSchema>;
export type LongestPath = z.infer<typeof longestPathSchema>;
export type NetlistFigures = z.infer<typeof netlistSchema>;
export type Performance = z.infer<typeof performanceSchema>;
export type Timing = z.infer<typeof timingSchema>;
export type DrcSummary = z.infer<typeof drcSchema>;
export type ReportMessage = z.infer<typeof messageSchema>;
export type ResourceReport = z.infer<typeof resourceReportSchema>;

export const NO_RESOURCES: Resources = Object.freeze({
  lut: null,
  lutram: null,
  ff: null,
  bram18: null,
  dsp: null,
  uram: null,
});

export function emptyReport(given: Partial<Pick<ResourceReport, "design" | "part" | "budget">> = {}): ResourceReport {
  return {
    version: 1,
    design: given.design ?? null,
    part: given.part ?? null,
    tools: [],
    budget: given.budget ?? null,
    clock: { targetNs: null, runNs: null },
    totals: [],
    nodes: [],
    performance: [],
    timing: null,
    power: null,
    drc: null,
    routing: null,
    messages: [],
  };
}
