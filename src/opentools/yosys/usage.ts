/** Counts what a netlist takes of the device. */
import { DiagnosticError, unknownPrimitive } from "../../diagnostics.ts";
import type { Netlist } from "./netlist.ts";
import type { Amounts } from "./primitives.ts";
import { primitiveOf } from "./primitives.ts";

const NOTHING: Amounts = { lut: 0, lutram: 0, srl: 0, ff: 0, carry8: 0, ramb18: 0, ramb36: 0, dsp: 0, uram: 0 };

/** Throws a DiagnosticError that names every type of cell that has no price. */
export function amountsOf({ cells }: Netlist, module: string): Amounts {
  const counts = new Map<string, number>();
  for (const { type } of Object.values(cells)) counts.set(type, (counts.get(type) ?? 0) + 1);
  const unknown = [...counts].filter(([type]) => !primitiveOf(type));
  if (unknown.length > 0) throw new DiagnosticError(unknown.map(([type, n]) => unknownPrimitive(module, type, n)));
  const total = { ...NOTHING };
  for (const [type, count] of counts)
    for (const [name, amount] of Object.entries(primitiveOf(type)?.amounts ?? {}))
      total[name as keyof Amounts] += count * amount;
  return total;
}
