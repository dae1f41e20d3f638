/** Everything that the page of one build shows, as plain data. */
import { z } from "zod";
import { equivalenceReportSchema } from "./equivalence-report.ts";
import { foldingSchema } from "./folding.ts";
import { resourceReportSchema, resourcesSchema } from "./resource-report.ts";

const count = z.int().nonnegative();
const positive = z.int().positive();

/** Channels, height, width. */
const shapeSchema = z.tuple([positive, positive, positive]);

const portSchema = z.strictObject({ name: z.string(), shape: shapeSchema, type: z.string(), fifo: z.string() });

/** What the cost model expects. */
const costSchema = z.strictObject({
  lut: z.number().nonnegative(),
  ff: z.number().nonnegative(),
  bram18: z.number().nonnegative(),
  dsp: z.number().nonnegative(),
});

const stageSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(["layer", "fork", "convert"]),
  /** The graph's nodes that the stage computes: none for forks and converters. */
  nodes: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      /** The node as text, with its attributes. */
      text: z.string(),
      shape: shapeSchema,
      type: z.string(),
    }),
  ),
  /** Of what leaves the stage. */
  shape: shapeSchema,
  type: z.string(),
  folding: foldingSchema.nullable(),
  /** Clock cycles per frame. */
  cycles: count,
  cost: costSchema,
  /** Names of FIFOs. */
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
});

const fifoSchema = z.strictObject({
  name: z.string(),
  /** The node (or graph input) whose values flow here. */
  source: z.string(),
  type: z.string(),
  /** Elements per beat, and bits of such a beat. */
  lanes: positive,
  bits: positive,
  /** Beats that it can hold. */
  depth: positive,
  cost: costSchema,
});

const messageSchema = z.strictObject({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  path: z.string(),
  message: z.string(),
  hint: z.string(),
});

export const buildReportSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  /** Of all that the build was made from. */
  digest: z.string(),
  /** When the build was made, in UTC. */
  created: z.iso.datetime(),
  board: z.strictObject({ name: z.string(), part: z.string(), budget: resourcesSchema }),
  clockMegahertz: z.number().positive(),
  /** Cycles of the slowest stage. */
  cyclesPerFrame: positive,
  parameters: z.strictObject({ count, bits: count }),
  input: portSchema,
  output: portSchema,
  /** In topological order. */
  stages: z.array(stageSchema).nonempty(),
  fifos: z.array(fifoSchema),
  resources: resourceReportSchema.nullable(),
  /** One for each simulation that ran. */
  equivalence: z.array(equivalenceReportSchema),
  tools: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  messages: z.array(messageSchema),
});

export type BuildReport = z.infer<typeof buildReportSchema>;
export type StageEntry = BuildReport["stages"][number];
export type FifoEntry = BuildReport["fifos"][number];
export type PortEntry = BuildReport["input"];
export type CostEntry = StageEntry["cost"];

/** What the cost model expects the whole design to take. */
export const expectedOf = ({ stages, fifos }: BuildReport): CostEntry => sumOfCosts([...stages, ...fifos]);

export function sumOfCosts(parts: readonly { readonly cost: CostEntry }[]): CostEntry {
  const sum = (name: keyof CostEntry) => parts.reduce((all, { cost }) => all + cost[name], 0);
  return { lut: sum("lut"), ff: sum("ff"), bram18: sum("bram18"), dsp: sum("dsp") };
}
