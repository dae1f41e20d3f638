import { describe, expect, test } from "vitest";
import { flatten } from "./flatten.ts";
import { longestPath } from "./longest-path.ts";
import { measure } from "./measure.ts";
import type { Cell, Netlist } from "./netlist.ts";
import { parseNetlists } from "./netlist.ts";
import { amountsOf } from "./usage.ts";

type Bits = (number | string)[];
type Ports = Record<string, Bits>;

const cell = (type: string, inputs: Ports, outputs: Ports): Cell => ({
  type,
  connections: { ...inputs, ...outputs },
  port_directions: Object.fromEntries([
    ...Object.keys(inputs).map((name) => [name, "input"] as const),
    ...Object.keys(outputs).map((name) => [name, "output"] as const),
  ]),
});
const lut = (inputs: Bits, output: number) =>
  cell(`LUT${inputs.length}`, Object.fromEntries(inputs.map((bit, i) => [`I${i}`, [bit]])), { O: [output] });
const register = (d: number, q: number) => cell("FDRE", { C: [1], CE: ["1"], D: [d], R: ["0"] }, { Q: [q] });
const carry4 = (S: Bits, DI: Bits, CI: Bits, O: Bits, CO: Bits) =>
  cell("CARRY4", { S, DI, CI, CYINIT: ["0"] }, { O, CO });

/** Wire 1 is the clock; wires are named w2, w3, ... unless they are hidden. */
function netlist(cells: readonly Cell[], inputs: readonly number[] = [], outputs: readonly number[] = []): Netlist {
  const port = (direction: "input" | "output") => (bit: number) =>
    [`w${bit}`, { direction, bits: [bit] as Bits }] as const;
  const wires = cells.flatMap(({ connections }) => Object.values(connections).flat());
  return {
    ports: Object.fromEntries([...inputs.map(port("input")), ...outputs.map(port("output"))]),
    cells: Object.fromEntries(cells.map((each, i) => [`cell${i}`, each])),
    netnames: Object.fromEntries(wires.map((bit) => [`w${bit}`, { hide_name: 0, bits: [bit] }])),
  };
}

const path = (...args: Parameters<typeof netlist>) => longestPath(netlist(...args), "m");

test("amounts are those of the device, and nothing is dropped", () => {
  const types = ["LUT1", "LUT6", "LUT6_2", "INV", "MUXF7", "CARRY4", "CARRY4", "CARRY4", "CARRY8", "FDRE", "FDSE"];
  const memories = ["RAM32M16", "RAM64X1D", "SRL16E", "SRLC32E", "RAMB18E2", "RAMB36E2", "DSP48E2"];
  const cells = [...types, ...memories].map((type) => cell(type, {}, {}));
  expect(amountsOf(netlist(cells), "m")).toEqual({
    ...{ lut: 4, lutram: 10, srl: 2, ff: 2, carry8: 2.5, ramb18: 1, ramb36: 1, dsp: 1, uram: 0 },
  });
  const unknown = netlist([cell("BUFGCE", {}, {}), cell("LUT1", {}, {}), cell("BUFGCE", {}, {})]);
  expect(() => amountsOf(unknown, "m")).toThrow("error[unknown-primitive] m: 2 cells are a BUFGCE");
});

test("LUTs as memory are LUTs too, and a RAMB36 is two halves", () => {
  const cells = ["LUT6", "SRL16E", "RAM64X1D", "RAMB36E2", "RAMB18E2"].map((type) => cell(type, {}, {}));
  const { used, netlist: figures } = measure(netlist(cells), "m");
  expect(used).toMatchObject({ lut: 4, lutram: 3, bram18: 3 });
  expect(figures).toMatchObject({ srl: 1, ramb18: 1, ramb36: 1, longestPath: null });
});

test("a path goes from register to register through LUTs", () => {
  const chain = [register(9, 2), lut([2], 3), lut([3, 2], 4), register(4, 5), lut([5], 6)];
  expect(path(chain, [9], [6])).toEqual({ luts: 2, chains: 0, carry8: 0, from: "w2", to: "w5" });
  expect(path([register(2, 3)], [2])).toEqual({ luts: 0, chains: 0, carry8: 0, from: "w2", to: "w3" });
  expect(path([])).toBeNull();
});

test("ports begin and end paths, and so does all of a memory but its read address", () => {
  const memory = (address: number, data: number) =>
    cell("RAM32X1D", { DPRA0: [address], A0: ["0"], D: [data], WE: ["1"], WCLK: [1] }, { DPO: [20], SPO: [21] });
  const two = [lut([2], 3), lut([3], 4)];
  expect(path([...two, memory(4, 2)], [2], [20])).toMatchObject({ luts: 3, from: "w2", to: "w20" });
  expect(path([...two, memory(2, 4)], [2], [20])).toMatchObject({ luts: 2 });
  const block = cell("RAMB18E2", { ADDRARDADDR: [4], CLKARDCLK: [1] }, { DOUTADOUT: [20] });
  expect(path([...two, block, lut([20], 22)], [2], [22])).toMatchObject({ luts: 2, to: "w20" });
});

test("a mux beside LUTs is no level; the fifth output of a LUT6_2 does not see its sixth input", () => {
  const mux = cell("MUXF7", { I0: [3], I1: [4], S: [2] }, { O: [5] });
  expect(path([lut([2], 3), lut([2], 4), mux], [2], [5])).toMatchObject({ luts: 1 });
  const inputs = { I0: [2], I1: [2], I2: [2], I3: [2], I4: [2], I5: [4] };
  const pair = cell("LUT6_2", inputs, { O5: [10], O6: [11] });
  expect(path([lut([2], 3), lut([3], 4), pair], [2], [10])).toMatchObject({ luts: 1 });
  expect(path([lut([2], 3), lut([3], 4), pair], [2], [11])).toMatchObject({ luts: 3 });
  // A majority of inputs 0 to 2 beside a parity of 0 to 3, as in add_three.sv: the ripple goes through the chain, not through the LUTs.
  const INIT = 0x69966996e8e8e8e8n.toString(2).padStart(64, "0");
  const both = (I3: number, O5: number): Cell => ({
    ...cell("LUT6_2", { I0: [2], I1: [2], I2: [2], I3: [I3], I4: ["0"], I5: ["1"] }, { O5: [O5], O6: [O5 + 1] }),
    parameters: { INIT },
  });
  expect(path([both(3, 10), both(10, 20), both(20, 30)], [2, 3], [30, 31])).toMatchObject({ luts: 2 });
});

test("a chain is entered once, however long it is, and carries only go up", () => {
  const low = carry4([10, 11, 12, 13], ["0", "0", "0", "0"], ["0"], [20, 21, 22, 23], [24, 25, 26, 27]);
  const high = carry4([14, 15, 16, 17], ["0", "0", "0", "0"], [27], [30, 31, 32, 33], [34, 35, 36, 37]);
  const inputs = [2, 10, 11, 12, 13, 14, 15, 16, 17];
  expect(path([low, high], inputs, [33])).toMatchObject({ luts: 0, chains: 1, carry8: 1 });
  expect(path([low, high], inputs, [23])).toMatchObject({ chains: 1, carry8: 0.5 });
  const late = [lut([2], 40), lut([40], 13)];
  expect(path([low, ...late], inputs.slice(0, -5), [20, 21, 22])).toMatchObject({ luts: 0, chains: 1 });
  expect(path([low, ...late], inputs.slice(0, -5), [23])).toMatchObject({ luts: 2, chains: 1 });
  // Out of the top of one chain, through a LUT, into the bottom of the same one would be a loop; into another is not.
  const second = carry4([50, "0", "0", "0"], ["0", "0", "0", "0"], ["0"], [60, 61, 62, 63], [64, 65, 66, 67]);
  expect(path([low, lut([23], 50), second], inputs, [63])).toMatchObject({ luts: 1, chains: 2, carry8: 1 });
});

test("a carry that begins with a signal enters the chain", () => {
  const first = carry4(["0", "0", "0", "0"], ["0", "0", "0", "0"], [3], [20, 21, 22, 23], [24, 25, 26, 27]);
  expect(path([lut([2], 3), first], [2], [23])).toMatchObject({ luts: 1, chains: 1, carry8: 0.5 });
});

test("a combinational loop is named", () => {
  const loop = [lut([2, 5], 3), lut([3], 4), lut([4], 5), lut([5], 6)];
  expect(() => path(loop, [2], [6])).toThrow(
    /error\[combinational-loop\] m: .*(w3 -> w4 -> w5 -> w3|w4 -> w5 -> w3 -> w4|w5 -> w3 -> w4 -> w5)/,
  );
  expect(path([...loop.slice(1), register(5, 3)], [], [6])).toMatchObject({ luts: 3 });
});

test("a file of another format is refused", () => {
  const text = JSON.stringify({ modules: { m: { ...netlist([lut([2], 3)]), attributes: { top: "1" } } } });
  expect(parseNetlists(text).get("m")?.cells["cell0"]?.type).toBe("LUT1");
  expect(() => parseNetlists('{"modules":{"m":{}}}')).toThrow();
  expect(() => parseNetlists("{}")).toThrow();
});

describe("a design of several modules", () => {
  const named = (names: Record<string, number>) =>
    Object.fromEntries(Object.entries(names).map(([name, bit]) => [name, { hide_name: 0, bits: [bit] }]));
  const ports = (inputs: Record<string, Bits>, outputs: Record<string, Bits>) =>
    Object.fromEntries([
      ...Object.entries(inputs).map(([name, bits]) => [name, { direction: "input" as const, bits }] as const),
      ...Object.entries(outputs).map(([name, bits]) => [name, { direction: "output" as const, bits }] as const),
    ]);
  /** Inverts d into q, and passes d on as it is; `none` is constant. */
  const inverter: Netlist = {
    ports: ports({ d: [2] }, { q: [3], same: [2], none: ["0"] }),
    cells: { gate: lut([2], 3) },
    netnames: named({ d: 2, q: 3, same: 2 }),
  };
  const top: Netlist = {
    ports: ports({ a: [2] }, { y: [6], z: [7] }),
    cells: {
      first: cell("inverter", { d: [2] }, { q: [3], same: [4], none: [5] }),
      second: cell("inverter", { d: [4] }, { q: [6], same: [], none: [] }),
      pair: lut([3, 4, 5], 7),
    },
    netnames: named({ a: 2, one: 3, passed: 4, off: 5, y: 6, z: 7 }),
  };
  const flat = flatten("top", new Map(Object.entries({ top, inverter })));

  test("is the sum of its parts, with wires joined through ports", () => {
    expect(Object.keys(flat.cells)).toEqual(["first.gate", "second.gate", "pair"]);
    expect(amountsOf(flat, "top").lut).toBe(3);
    const [a, one] = [flat.cells["first.gate"], flat.cells["pair"]].map((each) => each?.connections["I0"]);
    expect(flat.ports["a"]?.bits).toEqual(a);
    expect(flat.cells["second.gate"]?.connections["I0"]).toEqual(a);
    expect(flat.cells["pair"]?.connections).toMatchObject({ I0: one, I1: a, I2: ["0"] });
    expect(flat.ports["y"]?.bits).toEqual(flat.cells["second.gate"]?.connections["O"]);
  });

  test("has paths through several of them, through wires that pass on", () => {
    expect(longestPath(flat, "top")).toEqual({ luts: 2, chains: 0, carry8: 0, from: "passed", to: "z" });
    expect(Object.keys(flat.netnames)).toContain("second.q");
  });
});
