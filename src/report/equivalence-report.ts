/** Whether a simulated design gave, bit for bit, what the reference executor gives. */
import { z } from "zod";

const differenceSchema = z.strictObject({
  frame: z.int().nonnegative(),
  /** Channel, row, column. */
  index: z.tuple([z.int(), z.int(), z.int()]),
  /** Raw integers, as text because they may exceed 2^53. */
  expected: z.string(),
  actual: z.string(),
});

const streamSchema = z.strictObject({
  /** The node whose stream it is. */
  name: z.string(),
  compared: z.int().nonnegative(),
  differing: z.int().nonnegative(),
  first: differenceSchema.nullable(),
});

export const equivalenceReportSchema = z.strictObject({
  version: z.literal(1),
  design: z.string(),
  simulation: z.enum(["csim", "cosim"]),
  equivalent: z.boolean(),
  frames: z.int().nonnegative(),
  inputs: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("random"), seed: z.int() }),
    z.strictObject({ kind: z.literal("file"), file: z.string(), key: z.string().nullable() }),
  ]),
  /** In topological order; the last one is the output of the network. */
  streams: z.array(streamSchema).nonempty(),
  tools: z.array(z.string()),
  /** Null where the simulation was a step of a build, whose log has the times. */
  seconds: z.strictObject({ compile: z.number(), simulation: z.number(), reference: z.number() }).nullable(),
});

export type EquivalenceReport = z.infer<typeof equivalenceReportSchema>;
export type StreamReport = EquivalenceReport["streams"][number];

/** The differing stream that stands first in the network. */
export const firstDifferent = ({ streams }: EquivalenceReport): StreamReport | undefined =>
  streams.find(({ differing }) => differing > 0);
