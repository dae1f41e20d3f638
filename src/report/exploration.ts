/** What designs a network can be: the front of those that nothing beats, and the one that was chosen. */
import { z } from "zod";
import { foldingSchema } from "./folding.ts";
import { resourcesSchema } from "./resource-report.ts";

const amount = z.number().nonnegative();
const areaSchema = z.strictObject({ lut: amount, ff: amount, bram18: amount, dsp: amount });

export const RESOURCES = ["lut", "ff", "bram18", "dsp"] as const;

const designSchema = z.strictObject({
  /** Clock cycles per frame, and the stage that needs them. */
  cycles: z.int().positive(),
  slowest: z.string(),
  framesPerSecond: z.number().positive(),
  /** What the cost model expects it to take. */
  area: areaSchema,
  /** Whether that is within the budget. */
  fits: z.boolean(),
});

export const explorationSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  board: z.strictObject({ name: z.string(), part: z.string(), budget: resourcesSchema }),
  clockMegahertz: z.number().positive(),
  /** What may be taken of the board. */
  budget: areaSchema,
  /** The fastest first. */
  front: z.array(designSchema),
  chosen: designSchema.extend({
    foldings: z.record(z.string(), foldingSchema),
  }),
});

export type ExploredDesign = z.infer<typeof designSchema>;
export type Exploration = z.infer<typeof explorationSchema>;

/** More designs than these are thinned out. */
const FEW = 20;

/** The designs that show the front: of many only those that take a tenth less than the one before, which is faster. */
export function landmarks({ front, board }: Exploration): ExploredDesign[] {
  if (front.length <= FEW) return front;
  const price = ({ area }: ExploredDesign) =>
    RESOURCES.reduce((sum, name) => sum + (area[name] === 0 ? 0 : area[name] / (board.budget[name] ?? 0)), 0);
  const kept: ExploredDesign[] = [];
  for (const design of front) {
    const last = kept.at(-1);
    if (!last || price(design) <= 0.9 * price(last)) kept.push(design);
  }
  return kept;
}
