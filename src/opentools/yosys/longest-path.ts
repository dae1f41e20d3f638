/** The longest path between registers or ports of a flat netlist. */
import { combinationalLoop, DiagnosticError } from "../../diagnostics.ts";
import type { LongestPath } from "../../report/resource-report.ts";
import type { Arc, Depth } from "./arcs.ts";
import { arcsOf } from "./arcs.ts";
import type { Cell, Netlist } from "./netlist.ts";
import { wireNames, wiresAt, wiresOf } from "./netlist.ts";
import { primitiveOf } from "./primitives.ts";

/** How far a wire is from where its path begins. */
interface Arrival extends Depth {
  readonly start: number;
}

/** Null for a netlist in which nothing ends. Throws a DiagnosticError for a combinational loop. */
export function longestPath(netlist: Netlist, module: string): LongestPath | null {
  const names = wireNames(netlist);
  const name = (wire: number) => names.get(wire) ?? String(wire);
  const arrivals = arrive(arcsOf(netlist), (loop) => combinationalLoop(module, loop.map(name)));
  let longest: LongestPath | null = null;
  for (const [wire, end] of endsOf(netlist)) {
    const { start, ...depth } = arrivals.get(wire) ?? { start: wire, luts: 0, chains: 0, carry8: 0 };
    if (!longest || isLonger(depth, longest)) longest = { ...depth, from: name(start), to: name(end) };
  }
  return longest;
}

/** A chain entered is a level like a LUT; among equals the longer chain decides. */
const isLonger = (a: Depth, b: Depth): boolean => {
  const levels = a.luts + a.chains - b.luts - b.chains;
  return levels > 0 || (levels === 0 && a.carry8 > b.carry8);
};

/** In topological order: a wire's arrival is known when all arcs that lead to it are done. */
function arrive(
  arcs: readonly Arc[],
  loopFound: (wires: readonly number[]) => ReturnType<typeof combinationalLoop>,
): ReadonlyMap<number, Arrival> {
  const leaving = new Map<number, Arc[]>(arcs.map(({ from }) => [from, []]));
  /** Arcs that lead to a wire and are not done yet. */
  const open = new Map<number, number>();
  for (const arc of arcs) {
    leaving.get(arc.from)?.push(arc);
    open.set(arc.to, (open.get(arc.to) ?? 0) + 1);
  }
  const arrivals = new Map<number, Arrival>();
  const ready = [...leaving.keys()].filter((wire) => !open.has(wire));
  for (const wire of ready) arrivals.set(wire, { start: wire, luts: 0, chains: 0, carry8: 0 });
  for (let wire = ready.pop(); wire !== undefined; wire = ready.pop()) {
    for (const arc of leaving.get(wire) ?? []) {
      const found = extend(arrivals.get(wire) as Arrival, arc);
      const before = arrivals.get(arc.to);
      if (!before || isLonger(found, before)) arrivals.set(arc.to, found);
      const left = (open.get(arc.to) as number) - 1;
      open.set(arc.to, left);
      if (left === 0) ready.push(arc.to);
    }
  }
  const stuck = new Set([...open].filter(([, left]) => left > 0).map(([wire]) => wire));
  if (stuck.size > 0) throw new DiagnosticError([loopFound(loopIn(arcs, stuck))]);
  return arrivals;
}

const extend = ({ start, luts, chains, carry8 }: Arrival, arc: Arc): Arrival => ({
  start,
  luts: luts + arc.luts,
  chains: chains + arc.chains,
  carry8: carry8 + arc.carry8,
});

/** Each stuck wire waits for another one: so the way back from any of them ends in a circle. */
function loopIn(arcs: readonly Arc[], stuck: ReadonlySet<number>): number[] {
  const waitsFor = new Map(
    arcs.filter(({ from, to }) => stuck.has(from) && stuck.has(to)).map((arc) => [arc.to, arc.from]),
  );
  const way: number[] = [];
  let wire = [...stuck][0] as number;
  while (!way.includes(wire)) {
    way.push(wire);
    wire = waitsFor.get(wire) as number;
  }
  return [...way.slice(way.indexOf(wire)), wire].reverse();
}

/** Wires where paths end, each with the wire that names the end: the register's output, or the port itself. */
function endsOf({ ports, cells }: Netlist): [wire: number, end: number][] {
  const outputs = Object.values(ports).filter(({ direction }) => direction !== "input");
  const clocked = Object.values(cells).filter(({ type }) => /clocked|memory/.test(primitiveOf(type)?.passage ?? ""));
  return [
    ...outputs.flatMap(({ bits }) => wiresOf(bits).map((wire): [number, number] => [wire, wire])),
    ...clocked.flatMap(endsAt),
  ];
}

function endsAt(cell: Cell): [wire: number, end: number][] {
  const output = wiresAt(cell, "output")[0];
  const data = Object.entries(cell.connections).filter(([port]) => !isClock(cell, port));
  const inputs = wiresAt({ ...cell, connections: Object.fromEntries(data) }, "input");
  return inputs.map((wire) => [wire, output ?? wire]);
}

/** A `C` of a DSP is data. */
const isClock = ({ type }: Cell, port: string): boolean =>
  /^W?CLK$|^CLK\w+CLK$/.test(port) || (port === "C" && type.startsWith("FD"));
