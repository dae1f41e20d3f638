/** A stamp says that a step is done, with which digest, and what its products looked like. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJson, writeWhole } from "../files.ts";
import type { PlannedStep } from "./plan.ts";
import { NOTES } from "./write-files.ts";

const stampSchema = z.strictObject({
  digest: z.string(),
  products: z.record(z.string(), z.strictObject({ size: z.number(), modified: z.number() })),
});

type Product = z.infer<typeof stampSchema>["products"][string];

const stampFile = (folder: string, step: string) => join(folder, NOTES, "stamps", `${step}.json`);

/** True if the step has run with this digest and its products are still those that it made. */
export async function isDone(folder: string, step: PlannedStep): Promise<boolean> {
  const stamp = stampSchema.safeParse(await readJson(stampFile(folder, step.name)));
  if (!stamp.success || stamp.data.digest !== step.digest) return false;
  for (const path of step.products) {
    const now = await look(folder, path);
    const then = stamp.data.products[path];
    if (!now || now.size !== then?.size || now.modified !== then.modified) return false;
  }
  return true;
}

/** Returns the products that are missing; without any the step is stamped. */
export async function stampStep(folder: string, step: PlannedStep): Promise<string[]> {
  const seen = await Promise.all(step.products.map(async (path) => [path, await look(folder, path)] as const));
  const missing = seen.filter(([, product]) => !product).map(([path]) => path);
  if (missing.length > 0) return missing;
  const stamp = { digest: step.digest, products: Object.fromEntries(seen) };
  await writeWhole(stampFile(folder, step.name), `${JSON.stringify(stamp, null, 1)}\n`);
  return [];
}

/** The step runs again, whatever it made. */
export const forgetStep = (folder: string, step: string): Promise<void> => rm(stampFile(folder, step), { force: true });

async function look(folder: string, path: string): Promise<Product | undefined> {
  const found = await stat(join(folder, path)).catch(() => undefined);
  return found && { size: found.size, modified: found.mtimeMs };
}
