/** Values that several HLS reports share, and how they enter a ResourceReport. */
import { z } from "zod";
import { NO_RESOURCES, type Range, type Resources } from "../../report/resource-report.ts";
import { numberOr, toNumber } from "./number.ts";

/** `undef`: HLS found no bound; `inf`: the loop has none. */
export const cyclesSchema = z.union([z.number().nonnegative(), z.enum(["undef", "inf"])]).nullable();
export type Cycles = z.infer<typeof cyclesSchema>;

export const toCycles = (text: string | undefined): Cycles => numberOr(["undef", "inf"], text);

/** Amounts as HLS names them. `DSP48E`, the name up to Vivado HLS 2020.1, is read as DSP; URAM may be absent. */
export const hlsResourcesSchema = z.strictObject({
  BRAM_18K: z.int().optional(),
  DSP: z.int().optional(),
  FF: z.int().optional(),
  LUT: z.int().optional(),
  URAM: z.int().optional(),
});
export type HlsResources = z.infer<typeof hlsResourcesSchema>;

const NAMES: Readonly<Record<string, keyof HlsResources>> = {
  BRAM_18K: "BRAM_18K",
  BRAM: "BRAM_18K",
  DSP: "DSP",
  DSP48E: "DSP",
  FF: "FF",
  LUT: "LUT",
  URAM: "URAM",
};

/** Picks the resources out of named texts. Used above available is normal and kept (VENDOR.md §1.1). */
export function hlsResources(fields: Iterable<readonly [name: string, text: string | undefined]>): HlsResources {
  const resources: HlsResources = {};
  for (const [name, text] of fields) {
    const key = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    const amount = toNumber(text);
    if (key !== undefined && amount !== undefined) resources[key] = amount;
  }
  return resources;
}

export const resourcesOfHls = (found: HlsResources): Resources => ({
  ...NO_RESOURCES,
  lut: found.LUT ?? null,
  ff: found.FF ?? null,
  bram18: found.BRAM_18K ?? null,
  dsp: found.DSP ?? null,
  uram: found.URAM ?? null,
});

/** A range of a ResourceReport: a word of the tool such as `undef` or `NA` is "not known" there. */
export const rangeOf = (min: unknown, average: unknown, max: unknown): Range => ({
  min: amountOf(min),
  average: amountOf(average),
  max: amountOf(max),
});

const amountOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
