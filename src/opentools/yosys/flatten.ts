/** One flat netlist of a module and of all modules below it. */
import type { Cell, Netlist } from "./netlist.ts";

type Bit = number | string;
/** What wires of a module are in the flat netlist. */
type Binding = Map<number, Bit>;

interface Flat {
  readonly cells: [name: string, cell: Cell][];
  readonly names: [name: string, net: Netlist["netnames"][string]][];
  /** A wire that is the same as another one, or constant: two ports of a module may stand for one wire. */
  readonly same: Map<Bit, Bit>;
  wires: number;
}

/** Cells whose type is none of the modules stay as they are. Names of what is inside begin with the instance's. */
export function flatten(top: string, modules: ReadonlyMap<string, Netlist>): Netlist {
  const flat: Flat = { cells: [], names: [], same: new Map(), wires: 0 };
  const module = modules.get(top) as Netlist;
  const binding: Binding = new Map();
  place(module, "", binding, modules, flat);
  const resolved = (bit: Bit) => rootOf(bit, flat);
  const resolve = <T extends { readonly bits: readonly Bit[] }>(item: T) => ({
    ...item,
    bits: item.bits.map(resolved),
  });
  const ports = Object.entries(module.ports).map(([name, port]) => {
    const bits = port.bits.map((bit) => outer(bit, binding, flat));
    return [name, resolve({ ...port, bits })] as const;
  });
  const cells = flat.cells.map(([name, cell]) => [name, { ...cell, connections: mapBits(cell, resolved) }] as const);
  return {
    ports: Object.fromEntries(ports),
    cells: Object.fromEntries(cells),
    netnames: Object.fromEntries(flat.names.map(([name, net]) => [name, resolve(net)])),
  };
}

/** Puts a module's cells into the flat netlist; `binding` has the wires of its ports. The module's own names come last: they count. */
function place(
  module: Netlist,
  prefix: string,
  binding: Binding,
  modules: ReadonlyMap<string, Netlist>,
  flat: Flat,
): void {
  for (const [name, cell] of Object.entries(module.cells)) {
    const connections = mapBits(cell, (bit) => outer(bit, binding, flat));
    const below = modules.get(cell.type);
    if (below) place(below, `${prefix}${name}.`, bindPorts(below, connections, flat), modules, flat);
    else flat.cells.push([`${prefix}${name}`, { ...cell, connections }]);
  }
  for (const [name, { hide_name, bits }] of Object.entries(module.netnames))
    flat.names.push([`${prefix}${name}`, { hide_name, bits: bits.map((bit) => outer(bit, binding, flat)) }]);
}

function bindPorts({ ports }: Netlist, connections: Cell["connections"], flat: Flat): Binding {
  const binding: Binding = new Map();
  for (const [name, { bits }] of Object.entries(ports))
    for (const [i, inside] of bits.entries()) {
      const outside = connections[name]?.[i];
      if (outside === undefined) continue;
      const known = typeof inside === "number" ? binding.get(inside) : inside;
      if (known === undefined) binding.set(inside as number, outside);
      else unite(known, outside, flat);
    }
  return binding;
}

/** A wire that goes straight from one port to another, or a port that is constant. */
function unite(a: Bit, b: Bit, flat: Flat): void {
  const [first, second] = [rootOf(a, flat), rootOf(b, flat)];
  if (first === second) return;
  if (typeof second === "number") flat.same.set(second, first);
  else flat.same.set(first, second);
}

function rootOf(bit: Bit, flat: Flat): Bit {
  const next = flat.same.get(bit);
  return next === undefined ? bit : rootOf(next, flat);
}

function outer(bit: Bit, binding: Binding, flat: Flat): Bit {
  if (typeof bit === "string") return bit;
  const known = binding.get(bit);
  if (known !== undefined) return known;
  const wire = ++flat.wires;
  binding.set(bit, wire);
  return wire;
}

const mapBits = ({ connections }: Cell, map: (bit: Bit) => Bit): Cell["connections"] =>
  Object.fromEntries(Object.entries(connections).map(([port, bits]) => [port, bits.map(map)]));
