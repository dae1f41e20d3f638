/** A compressor (compressor.ts) as a module of SystemVerilog. */
import type { Atom, Chain, Compressor, Heights } from "./compressor.ts";
import { compressor, compressorLatency, sumBits } from "./compressor.ts";
import { instance } from "./verilog.ts";

/** Without `bitloom_`. The module follows from its name. */
export const compressorName = (heights: Heights): string => `compressor_${heights.join("_")}`;

/** The text of the module of that name; undefined if it is not the name of a compressor. */
export function compressorModule(name: string): string | undefined {
  if (!/^compressor(_\d+)+$/.test(name)) return undefined;
  const heights = name.split("_").slice(1).map(Number);
  const plan = compressor(heights);
  const width = sumBits(heights);
  const all = heights.reduce((sum, height) => sum + height, 0);
  return [
    "`default_nettype none",
    "",
    `/// Adds up ${heights.map((height, column) => `${height} bits of weight ${2 ** column}`).join(", ")}, the lowest weight first in x.`,
    `/// Cycles from x to sum: ${compressorLatency(heights)}. In LUTs: ${plan.luts}.`,
    `module bitloom_${name} #(`,
    "    /// Bits of x that count inverted.",
    `    parameter bit [${all - 1}:0] INVERTED = 0`,
    ") (",
    "    input wire logic clk,",
    "    input wire logic advance,",
    `    input wire logic [${all - 1}:0] x,`,
    `    output logic [${width - 1}:0] sum`,
    ");",
    "`ifdef BITLOOM_BEHAVIOURAL",
    ...counted(heights, width),
    "`else",
    ...built(plan),
    "`endif",
    "endmodule",
    "",
    "`default_nettype wire",
    "",
  ].join("\n");
}

/** For simulation: the same numbers in the same cycles. */
function counted(heights: Heights, width: number): string[] {
  const latency = compressorLatency(heights);
  let at = 0;
  const terms = heights.flatMap((height, column) => {
    at += height;
    return height > 0
      ? [`(${width}'($countones(x[${at - height}+:${height}] ^ INVERTED[${at - height}+:${height}])) << ${column})`]
      : [];
  });
  return [
    `  logic [${width - 1}:0] late[0:${latency - 1}];`,
    `  assign sum = late[${latency - 1}];`,
    "  always_ff @(posedge clk)",
    "    if (advance) begin",
    `      late[0] <= ${terms.join(" + ")};`,
    `      for (int i = 1; i < ${latency}; i++) late[i] <= late[i-1];`,
    "    end",
  ];
}

/** The bits of each weight, by their names. */
type Columns = string[][];

const named = (heights: Heights): Columns => {
  let next = 0;
  return heights.map((height) => Array.from({ length: height }, () => `x[${next++}]`));
};

/** Whether the bit counts inverted. */
const inverted = (bit: string): string =>
  /^(x|layer)/.test(bit) ? bit.replace(/^x/, "INVERTED").replace(/^layer/, "inverted") : "1'b0";

/** The bit as it counts. */
const plain = (bit: string): string => (inverted(bit) === "1'b0" ? bit : `${bit} ^ ${inverted(bit)}`);

function built({ heights, layers, width }: Compressor): string[] {
  let columns = named(heights);
  const lines = layers.flatMap((chains, layer) => {
    const counted = countLayer(columns, chains, layer);
    columns = counted.columns;
    return counted.lines;
  });
  return [...lines, ...lastAdder(columns, width)];
}

const known = new Map<string, ReadonlySet<number>>();

/** Places of x where an inverted bit takes a LUT of its own: it goes where no LUT of the compressor takes it. */
export function plainPlaces(heights: Heights): ReadonlySet<number> {
  const places = known.get(heights.join()) ?? findPlain(heights);
  known.set(heights.join(), places);
  return places;
}

function findPlain(heights: Heights): Set<number> {
  let columns = named(heights);
  const origins = new Map<string, string>();
  const direct = compressor(heights).layers.flatMap((chains, layer) => {
    const counted = countLayer(columns, chains, layer);
    columns = counted.columns;
    for (const [i, bit] of counted.kept.entries()) origins.set(`layer_${layer}[${i}]`, origins.get(bit) ?? bit);
    return counted.direct.map((bit) => origins.get(bit) ?? bit);
  });
  const first = firstSum(columns);
  const last = [...columns.slice(0, first).flat(), ...(columns[first]?.slice(3) ?? [])];
  const all = [...direct, ...last.map((bit) => origins.get(bit) ?? bit)];
  return new Set(all.flatMap((bit) => (bit.startsWith("x") ? [Number(bit.slice(2, -1))] : [])));
}

/** The lowest weight with more than one bit. */
function firstSum(columns: Columns): number {
  const found = columns.findIndex((bits) => bits.length > 1);
  return found < 0 ? columns.length : found;
}

interface Counted {
  readonly lines: string[];
  readonly columns: Columns;
  /** What the registers take. */
  readonly kept: readonly string[];
  /** What no LUT takes. */
  readonly direct: readonly string[];
}

function countLayer(columns: Columns, chains: readonly Chain[], layer: number): Counted {
  const left = columns.map((bits) => [...bits]);
  const take = (column: number, count: number) => left[column]?.splice(0, count) ?? [];
  const sums: Columns = [];
  const direct: string[] = [];
  const lines = chains.flatMap(({ column, carry, atoms }, i) => {
    const name = `count_${layer}_${i}`;
    const bits = atoms.map((atom, at) => inputsOf(atom, (above, count) => take(column + 2 * at + above, count)));
    const [carryIn] = (carry ? take(column, 1) : ["1'b0"]) as [string];
    direct.push(carryIn, ...bits.map(([last]) => last as string));
    const all = bits.reverse().flat();
    for (let at = 0; at <= 2 * atoms.length; at++) put(sums, column + at, `${name}[${at}]`);
    return [
      `  wire [${2 * atoms.length}:0] ${name};`,
      ...instance(
        "counter_chain",
        `${name}_chain`,
        {
          atoms: atoms.length,
          mixed: `${atoms.length}'b${[...atoms]
            .reverse()
            .map(({ high }) => (high > 0 ? 1 : 0))
            .join("")}`,
          inverted: `{${all.map((bit, i) => (i % 6 === 0 ? "1'b0" : inverted(bit))).join(", ")}}`,
        },
        {
          carry: plain(carryIn),
          x: `{${all.map((bit, i) => (i % 6 === 0 ? plain(bit) : bit)).join(", ")}}`,
          sum: name,
        },
      ).map((line) => `  ${line}`),
    ];
  });
  const kept: string[] = [];
  const after = Array.from({ length: Math.max(left.length, sums.length) }, (_, column) =>
    [...(left[column] ?? []), ...(sums[column] ?? [])].map((bit) => `layer_${layer}[${kept.push(bit) - 1}]`),
  );
  const last = kept.length - 1;
  const register = [
    `  localparam bit [${last}:0] inverted_${layer} = {${kept.map(inverted).reverse().join(", ")}};`,
    `  logic [${last}:0] layer_${layer};`,
    `  always_ff @(posedge clk) if (advance) layer_${layer} <= {${[...kept].reverse().join(", ")}};`,
  ];
  return { lines: [...lines, ...register], columns: after, kept, direct };
}

function put(columns: Columns, column: number, bit: string): void {
  while (columns.length <= column) columns.push([]);
  columns[column]?.push(bit);
}

/** The six inputs of counter_atom.sv, the highest first. Where bits of the higher weight come in, they are its inputs 3 and 4. */
function inputsOf({ low, high }: Atom, take: (above: number, count: number) => string[]): string[] {
  const [last, ...first] = take(0, low);
  const pad = (bits: string[], count: number) => [...bits, ...new Array<string>(count - bits.length).fill("1'b0")];
  const five = high > 0 ? [...pad(first, 3), ...pad(take(1, high), 2)] : pad(first, 5);
  return [...five, last as string].reverse();
}

/** From the lowest weight with more than one bit on, an adder of three rows; a fourth bit of weight 1 is its carry. */
function lastAdder(columns: Columns, width: number): string[] {
  const wide = Array.from({ length: width }, (_, column) => columns[column] ?? []);
  const first = firstSum(wide);
  const single = wide.slice(0, first).map(([bit]) => plain(bit ?? "1'b0"));
  const rows = [0, 1, 2].map((row) =>
    wide
      .slice(first)
      .map((bits) => bits[row] ?? "1'b0")
      .reverse(),
  );
  const [low, high] = [
    single.length > 0 ? [`{${[...single].reverse().join(", ")}}`] : [],
    first < width ? ["added"] : [],
  ];
  const adder = [
    `  wire [${width - first - 1}:0] added;`,
    ...instance(
      "add_three",
      "last",
      { width: width - first, inverted: `{${[...rows].reverse().flat().map(inverted).join(", ")}}` },
      {
        a: `{${rows[0]}}`,
        b: `{${rows[1]}}`,
        c: `{${rows[2]}}`,
        carry: plain(wide[first]?.[3] ?? "1'b0"),
        sum: "added",
      },
    ).map((line) => `  ${line}`),
  ];
  return [
    ...(first < width ? adder : []),
    `  always_ff @(posedge clk) if (advance) sum <= {${[...high, ...low].join(", ")}};`,
  ];
}
