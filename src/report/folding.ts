/** The form of a stage, as reports keep it. */
import { z } from "zod";

const positive = z.int().positive();

export const foldingSchema = z.strictObject({
  pe: positive,
  simd: positive,
  /** Its memories are in block RAM wherever that takes fewer LUTs; sums of products, too. */
  blockRam: z.literal([true, "products"]).optional(),
});
