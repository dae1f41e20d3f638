/** Which wires follow from which within a clock cycle, and through how much logic. */
import type { Cell, Netlist } from "./netlist.ts";
import { wiresAt, wiresOf } from "./netlist.ts";
import { primitiveOf } from "./primitives.ts";

/** What a signal passes: LUTs, carry chains that it enters, and the pieces of these chains. */
export interface Depth {
  readonly luts: number;
  readonly chains: number;
  readonly carry8: number;
}

export interface Arc extends Depth {
  readonly from: number;
  readonly to: number;
}

const LUT: Depth = { luts: 1, chains: 0, carry8: 0 };
const NOTHING: Depth = { luts: 0, chains: 0, carry8: 0 };

/** Clocked cells have none: what leaves them begins a path, what enters them ends one. */
export function arcsOf({ cells }: Netlist): Arc[] {
  const all = Object.values(cells);
  const carries = all.filter(({ type }) => primitiveOf(type)?.passage === "carry");
  const chained = new Set(carries.flatMap(({ connections }) => wiresOf(connections["CO"])));
  return all.flatMap((cell) => cellArcs(cell, chained));
}

function cellArcs(cell: Cell, chained: ReadonlySet<number>): Arc[] {
  const { passage, amounts = {} } = primitiveOf(cell.type) ?? {};
  if (passage === "carry") return carryArcs(cell, amounts.carry8 ?? 0, chained);
  if (passage === "lut") return lutArcs(cell);
  if (passage === "mux") return everyArc(wiresAt(cell, "input"), wiresAt(cell, "output"), NOTHING);
  if (passage === "memory") return everyArc(addressesOf(cell), wiresAt(cell, "output"), LUT);
  return [];
}

/** The second output of a LUT6_2 is a function of those of the first five inputs on which the lower half of its table depends. */
function lutArcs(cell: Cell): Arc[] {
  const inputs = wiresAt(cell, "input");
  const { O5: second, O6: first } = cell.connections;
  if (!second) return everyArc(inputs, wiresAt(cell, "output"), LUT);
  const table = cell.parameters?.["INIT"]?.slice(-32);
  const used = [0, 1, 2, 3, 4].filter((input) => !table || dependsOn(table, input));
  const five = used.flatMap((input) => wiresOf(cell.connections[`I${input}`]));
  return [...everyArc(inputs, wiresOf(first), LUT), ...everyArc(five, wiresOf(second), LUT)];
}

/** Whether a table, its last entry first, changes with this input. */
const dependsOn = (table: string, input: number): boolean =>
  [...table].some((entry, i) => entry !== table[i ^ (1 << input)]);

const addressesOf = ({ connections }: Cell): number[] =>
  Object.entries(connections).flatMap(([port, bits]) =>
    /^(A\d*|ADDR[A-H]?\d*|DPRA\d*)$/.test(port) ? wiresOf(bits) : [],
  );

const everyArc = (froms: readonly number[], tos: readonly number[], depth: Depth): Arc[] =>
  tos.flatMap((to) => froms.map((from) => ({ from, to, ...depth })));

/** Carries go up only: O[i] = S[i] ^ carry below, CO[i] = S[i] ? carry below : DI[i]. */
function carryArcs({ connections }: Cell, carry8: number, chained: ReadonlySet<number>): Arc[] {
  const { S = [], DI = [], O = [], CO = [] } = connections;
  const entry = { luts: 0, chains: 1, carry8 };
  const inputs = [...wiresOf(connections["CI"]), ...wiresOf(connections["CI_TOP"]), ...wiresOf(connections["CYINIT"])];
  const outputs = [...wiresOf(O), ...wiresOf(CO)];
  const along = inputs.flatMap((from) => everyArc([from], outputs, { ...entry, chains: chained.has(from) ? 0 : 1 }));
  const up = S.flatMap((_, i) => {
    const above = [...wiresOf(O.slice(i + 1)), ...wiresOf(CO.slice(i))];
    const selected = everyArc(wiresOf(S.slice(i, i + 1)), [...wiresOf(O.slice(i, i + 1)), ...above], entry);
    return [...selected, ...everyArc(wiresOf(DI.slice(i, i + 1)), above, entry)];
  });
  return [...along, ...up];
}
