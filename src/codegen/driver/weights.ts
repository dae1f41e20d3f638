/** What the driver has to know to load weights: src/templates/driver/bitloom_accelerator/weights.py reads it. */
import { createHash } from "node:crypto";
import type { Graph } from "../../ir/graph.ts";
import type { Parameter } from "../../ir/parameter.ts";
import { allowedRaws, rawAt } from "../../ir/parameter.ts";
import type { ScheduledGraph } from "../../ir/schedule.ts";
import { loadables } from "../rtl/loading.ts";

/** Layouts in the order of loading, and digests of the model's tensors that stay as they are; nothing where all do. */
export function loadableWeights(scheduled: ScheduledGraph, model: Graph) {
  const found = loadables(scheduled);
  if (found.length === 0) return {};
  const { parameters } = scheduled.graph;
  const weights = found.map(({ layout }) => {
    const tensor = parameters.get(layout.tensor) as Parameter;
    const bipolar = tensor.encoding === "bipolar";
    return { ...layout, tensorShape: tensor.shape, bipolar, range: allowedRaws(tensor).map(String) };
  });
  const fixed = [...model.parameters].filter(([name]) => !weights.some(({ tensor }) => tensor === name));
  return { weights, constants: Object.fromEntries(fixed.map(([name, tensor]) => [name, digestOf(tensor)])) };
}

/** Of the raws, whatever type holds them. */
function digestOf(tensor: Parameter): string {
  const raws = BigUint64Array.from({ length: tensor.data.length }, (_, i) => BigInt.asUintN(64, rawAt(tensor, i)));
  return createHash("sha256").update(new Uint8Array(raws.buffer)).digest("hex");
}
